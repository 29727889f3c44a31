//! Loss and optimizer of a training file. Both frameworks' names of an option are read.

use super::Place;
use crate::{
    train::{Clip, Convention, Loss, LossKind, Optimizer, Reduction, Schedule, TrainError, Training},
    words::train,
};

pub(super) fn loss(place: &Place<'_>, convention: Convention) -> Result<Loss, TrainError> {
    if !place.is_object() {
        return Loss::named(place.text()?, convention);
    }
    let mut loss = Loss::named(place.get("name", train::expect_text)?.text()?, convention)?;
    if let Some(reduction) = place.optional("reduction") {
        loss.reduction = match reduction.text()? {
            "sum" => Reduction::Sum,
            "mean" | "sum_over_batch_size" | "mean_with_sample_weight" => Reduction::Mean,
            _ => return Err(reduction.wrong(train::expect_reduction())),
        };
    }
    loss.from_logits |= place.optional("from_logits").is_some_and(|place| place.flag());
    if let Some(from) = place.optional("computed_from") {
        loss.from_probabilities = from.text()? == "probabilities";
    }
    for (keys, number) in [(&["delta", "beta"][..], &mut loss.delta), (&["label_smoothing"], &mut loss.label_smoothing)]
    {
        if let Some(place) = place.any(keys) {
            *number = place.number()?;
        }
    }
    loss.positive_weight = place.optional("pos_weight").map(|place| place.numbers()).transpose()?;
    loss.class_weight = place.optional("weight").map(|place| place.numbers()).transpose()?;
    Ok(loss)
}

/// PyTorch's cross-entropy takes numbers of classes or shares of classes: the labels say which.
pub(super) fn labels(training: &mut Training) {
    let outputs = training.network.outputs().first().and_then(|&source| training.network.value(source));
    let outputs = outputs.map_or(0, |value| value.shape.size());
    let labels = training.rows.first().map_or(0, |(_, target)| target.len());
    let sparse = training.loss.kind == LossKind::SparseCategoricalCrossentropy;
    if sparse && training.loss.convention == Convention::Torch && labels == outputs && outputs > 1 {
        training.loss.kind = LossKind::CategoricalCrossentropy;
    }
}

pub(super) fn optimizer(place: &Place<'_>, convention: Convention) -> Result<Optimizer, TrainError> {
    if !place.is_object() {
        return Optimizer::named(place.text()?, convention);
    }
    let name = place.optional("name").map(|name| name.text()).transpose()?.unwrap_or("sgd");
    let mut optimizer = Optimizer::named(name, convention)?;
    let mut numbers = [
        (&["momentum"][..], &mut optimizer.momentum),
        (&["dampening"], &mut optimizer.dampening),
        (&["rho", "alpha"], &mut optimizer.rho),
        (&["beta_1"], &mut optimizer.beta_1),
        (&["beta_2"], &mut optimizer.beta_2),
        (&["epsilon", "eps"], &mut optimizer.epsilon),
        (&["weight_decay"], &mut optimizer.weight_decay),
        (&["initial_accumulator_value"], &mut optimizer.initial_accumulator),
        (&["lr_decay"], &mut optimizer.rate_decay),
    ];
    for (keys, number) in &mut numbers {
        if let Some(place) = place.any(keys) {
            **number = place.number()?;
        }
    }
    if let Some(betas) = place.optional("betas") {
        match betas.numbers()?[..] {
            [one, two] => (optimizer.beta_1, optimizer.beta_2) = (one, two),
            _ => return Err(betas.wrong(train::expect_number())),
        }
    }
    let flag = |key: &str| place.optional(key).is_some_and(|place| place.flag());
    optimizer.nesterov = flag("nesterov");
    optimizer.amsgrad = flag("amsgrad");
    optimizer.centered = flag("centered");
    for key in ["clipvalue", "clipnorm", "global_clipnorm"] {
        if let Some(limit) = place.optional(key) {
            let limit = limit.number()?;
            optimizer.clip = Some(match key {
                "clipvalue" => Clip::Value(limit),
                "clipnorm" => Clip::Norm(limit),
                _ => Clip::Global(limit),
            });
        }
    }
    if let Some(rate) = place.any(&["learning_rate", "lr"]) {
        if rate.is_object() {
            schedule(&rate, &mut optimizer)?;
        } else {
            optimizer.rate = rate.number()?;
        }
    }
    Ok(optimizer)
}

fn schedule(place: &Place<'_>, optimizer: &mut Optimizer) -> Result<(), TrainError> {
    optimizer.rate = place.get("initial_learning_rate", train::expect_number)?.number()?;
    let number = |key: &str| place.get(key, train::expect_number)?.number();
    let staircase = place.optional("staircase").is_some_and(|place| place.flag());
    let name = place.get("schedule", train::expect_schedule)?;
    optimizer.schedule = match name.text()? {
        "ExponentialDecay" => {
            Schedule::Exponential { steps: number("decay_steps")?, rate: number("decay_rate")?, staircase }
        }
        "InverseTimeDecay" => {
            Schedule::InverseTime { steps: number("decay_steps")?, rate: number("decay_rate")?, staircase }
        }
        _ => return Err(name.wrong(train::expect_schedule())),
    };
    Ok(())
}
