//! The forms in which the same numbers are printed and pasted.

use super::arrays;

/// The shape and values of each array that is expected.
type Expected<'a> = &'a [(&'a [usize], &'a [f32])];

#[test]
fn every_way_to_print_the_same_numbers_is_read() {
    let nan = f32::NAN;
    let inf = f32::INFINITY;
    let cases: &[(&str, Expected)] = &[
        ("", &[]),
        (" \r\n\t", &[]),
        ("[]", &[]),
        ("[]\n[]\n[[0.5]]\n[]", &[(&[1, 1], &[0.5])]),
        ("[[], [], [[]]]", &[]),
        ("[[], [array([1.])], [[]], [array([2.]), []]]", &[(&[1], &[1.0]), (&[1], &[2.0])]),
        // NumPy's str(): no commas, over lines or on one.
        ("[[ 0.85  1.55]\n [-0.04  1.67]]", &[(&[2, 2], &[0.85, 1.55, -0.04, 1.67])]),
        (
            "[[ 0.85  1.55] [-0.04  1.67]] [0.5]\r\n\r\n[1. 2.]",
            &[(&[2, 2], &[0.85, 1.55, -0.04, 1.67]), (&[1], &[0.5]), (&[2], &[1.0, 2.0])],
        ),
        ("[[[1][2]][[3][4]]]", &[(&[2, 2, 1], &[1.0, 2.0, 3.0, 4.0])]),
        // Python lists, JSON, tuples; a comma may trail.
        ("[[1, 2], [3, 4],]", &[(&[2, 2], &[1.0, 2.0, 3.0, 4.0])]),
        ("([0.5, 1], [2, 3])", &[(&[2, 2], &[0.5, 1.0, 2.0, 3.0])]),
        ("array([1]), array([2])", &[(&[1], &[1.0]), (&[1], &[2.0])]),
        ("(array([1]),array([2]),)", &[(&[1], &[1.0]), (&[1], &[2.0])]),
        // Every form of a number.
        ("[0.,-0.,.5,1.e-05,1E+3,+2,-.25e1]", &[(&[7], &[0.0, -0.0, 0.5, 1e-5, 1000.0, 2.0, -2.5])]),
        ("[nan inf -inf NaN Infinity]", &[(&[5], &[nan, inf, -inf, nan, inf])]),
        ("[0.5       ,-0.2316811]", &[(&[2], &[0.5, -0.231_681_1])]),
        ("[\u{2212}0.5,\u{a0}1]", &[(&[2], &[-0.5, 1.0])]),
        // A little above 1 + 2^-24, the middle of two float32: by way of a float64, as NumPy reads it, it rounds down.
        ("[1.00000005960464483]", &[(&[1], &[1.0])]),
        ("[1e-46 1e-45 3.4028235e38]", &[(&[3], &[0.0, 1e-45, f32::MAX])]),
        // Wrappers and what they add.
        ("array([[1., 2.]], dtype=float32)", &[(&[1, 2], &[1.0, 2.0])]),
        ("np.array([1.], dtype=np.float32)", &[(&[1], &[1.0])]),
        ("array([1.], dtype='<f4')", &[(&[1], &[1.0])]),
        ("array ( [ 1. ] , )", &[(&[1], &[1.0])]),
        ("array(0.5, dtype=float32)", &[(&[], &[0.5])]),
        // An array without numbers is no weight.
        ("array([], dtype=float32)", &[]),
        ("array([], shape=(0, 3), dtype=float32)", &[]),
        ("array([[1, 2]], shape=(1, 2))", &[(&[1, 2], &[1.0, 2.0])]),
        ("Array([1.], dtype=float32, weak_type=True)", &[(&[1], &[1.0])]),
        ("tf.Tensor([[1. 2.]], shape=(1, 2), dtype=float32)", &[(&[1, 2], &[1.0, 2.0])]),
        ("tf.Tensor(3.0, shape=(), dtype=float32)", &[(&[], &[3.0])]),
        ("[np.float32(0.5), np.float32(nan)]", &[(&[2], &[0.5, nan])]),
        // Counters stand among arrays as numbers, and are no weights: a Normalization layer has one.
        ("[array([1.]), np.int64(150), array([2.])]", &[(&[1], &[1.0]), (&[1], &[2.0])]),
        ("[7, 8, [9, array([1.])], array(0)]", &[(&[1], &[1.0]), (&[], &[0.0])]),
        ("[[1, 2], [3, 4], array([5])]", &[(&[2], &[1.0, 2.0]), (&[2], &[3.0, 4.0]), (&[1], &[5.0])]),
        ("array([array([1.]), array([[2.]])], dtype=object)", &[(&[1], &[1.0]), (&[1, 1], &[2.0])]),
        ("[list([]) list([array([1.])])]", &[(&[1], &[1.0])]),
        // Variables and PyTorch.
        (
            "<tf.Variable 'dense/kernel:0' shape=(1, 2) dtype=float32, numpy=array([[1., 2.]], dtype=float32)>",
            &[(&[1, 2], &[1.0, 2.0])],
        ),
        (
            "[<tf.Variable 'numpy=>' shape=() dtype=int64, numpy=3>,\n <tf.Tensor: shape=(1,), dtype=float32, numpy=array([2.])>]",
            &[(&[], &[3.0]), (&[1], &[2.0])],
        ),
        (
            "<Variable path=sequential/dense/kernel, shape=(1, 2), dtype=float32, value=[[1. 2.]]>",
            &[(&[1, 2], &[1.0, 2.0])],
        ),
        ("Parameter containing:\ntensor([[1., 2.]], requires_grad=True)", &[(&[1, 2], &[1.0, 2.0])]),
        (
            "0.weight Parameter containing:\ntensor([1.])\n0.bias Parameter containing:\ntensor([2.])",
            &[(&[1], &[1.0]), (&[1], &[2.0])],
        ),
        (
            "OrderedDict([('0.weight', tensor([[1.]])), ('0.bias', tensor([2.], device='cuda:0'))])",
            &[(&[1, 1], &[1.0]), (&[1], &[2.0])],
        ),
        (
            "OrderedDict({'w': tensor([[1.]]), 'b': tensor([2.], grad_fn=<AddBackward0>)})",
            &[(&[1, 1], &[1.0]), (&[1], &[2.0])],
        ),
        ("tensor([], size=(0, 3))", &[]),
        ("\u{feff}[1]", &[(&[1], &[1.0])]),
    ];
    for (text, expected) in cases {
        let read = arrays(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        let shown = |values: &[f32]| values.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>();
        let read: Vec<_> = read.iter().map(|array| (array.shape.clone(), shown(&array.values))).collect();
        let expected: Vec<_> = expected.iter().map(|(shape, values)| (shape.to_vec(), shown(values))).collect();
        assert_eq!(read, expected, "{text:?}");
    }
}

#[test]
fn the_digits_that_were_printed_are_counted() {
    let cases = [
        ("[1 2]", None),
        ("[nan]", None),
        ("[0. 1]", Some(0)),
        ("[0.5 0.25 0.125]", Some(3)),
        ("[1.25e-05]", Some(2)),
        ("[[1.5], [0.0625]]", Some(4)),
        ("array(0.50)", Some(2)),
    ];
    for (text, decimals) in cases {
        assert_eq!(arrays(text).unwrap()[0].decimals, decimals, "{text}");
    }
}
