use super::*;
use crate::{
    equation::Array,
    graph::op::Dense,
    network::Activation,
    train::{Convention, Loss, Optimizer, Training},
};

fn two_layers() -> Arc<Network> {
    let mut network = Network::new("two");
    let x = network.input("x", [2]).expect("an input");
    let array = |shape: [usize; 2], numbers: &[f32]| Array::new(shape, numbers.to_vec()).expect("as many");
    let bias = Array::new([2], vec![0.5, -0.5]).expect("two");
    let hidden = Dense::new(array([2, 2], &[1.0, 2.0, 3.0, 4.0]), Some(bias), Activation::Relu);
    let hidden = network.add("hidden.1", hidden, [x]).expect("it fits");
    let out = Dense::new(array([2, 1], &[1.0, -1.0]), None, Activation::Linear);
    let out = network.add("out", out, [hidden]).expect("it fits");
    network.set_outputs([out]);
    Arc::new(network)
}

#[test]
fn a_pass_has_a_part_for_each_layer_and_goes_by_units() {
    let walk = Walk::of_pass(&two_layers(), &[vec![1.0, 1.0]], &[]).expect("a pass");
    let parts: Vec<(&str, Range<usize>)> =
        walk.parts().iter().map(|part| (part.layer.as_str(), part.steps.clone())).collect();
    // Two units of two products, a bias and an activation; one unit of two products and an activation.
    assert_eq!(parts[0], ("hidden.1", 0..8));
    assert_eq!((parts[1].0, parts[1].1.start), ("out", 8));
    assert_eq!(walk.parts()[1].from, [0]);
    assert_eq!((walk.next(0, Stride::Unit), walk.next(0, Stride::Layer), walk.next(3, Stride::Action)), (4, 8, 4));
    assert_eq!((walk.previous(8, Stride::Unit), walk.previous(8, Stride::Layer)), (4, 0));
    assert_eq!(walk.get("hidden.1.a[0]").expect("a value"), [4.5]);
}

#[test]
fn a_training_step_goes_on_into_loss_backward_and_update() {
    let network = two_layers().as_ref().clone();
    let loss = Loss::named("mean_squared_error", Convention::Keras).expect("a loss");
    let optimizer = Optimizer::named("sgd", Convention::Keras).expect("an optimizer");
    let mut training = Training::new(network, loss, optimizer);
    training.rows = vec![(vec![1.0, 1.0], vec![0.0])];
    training.batches = crate::train::Batches::Epochs { size: None, epochs: 5 };
    let mut trained = TrainingWalk::new(Arc::new(training), Vec::new()).expect("a training");
    assert!(!trained.advance(100).expect("it runs"));
    assert_eq!(trained.curve().losses.len(), 5);
    assert!(trained.curve().losses[4] < trained.curve().losses[0]);
    let walk = trained.walk(3).expect("it runs").expect("step 4");
    let phases: Vec<Phase> = walk.parts().iter().map(|part| part.phase).collect();
    let mut turns = phases.clone();
    turns.dedup();
    assert_eq!(turns, [Phase::Forward, Phase::Loss, Phase::Backward, Phase::Update]);
    let backward: Vec<&str> =
        walk.parts().iter().filter(|part| part.phase == Phase::Backward).map(|part| part.layer.as_str()).collect();
    assert_eq!((backward.first(), backward.last()), (Some(&"out"), Some(&"hidden.1")));
    assert_eq!(walk.value(walk.outputs()[0], 0), trained.curve().losses[3]);
    // What the weights before step 0 give is what the pass gives.
    assert_eq!(trained.outputs(0, &[vec![1.0, 1.0]]).expect("outputs"), [4.5 - 5.5]);
}
