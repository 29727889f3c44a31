//! Large, deep and mutilated texts: refused or read, never a panic. `benches/load.rs` measures the time.

use std::fs;
use std::path::Path;

use byhand::load::{
    self, Array, LoadError,
    text::{Problem, TextError},
};

/// Every array of a text; none where it makes no network.
fn arrays(text: &str) -> Result<Vec<Array>, TextError> {
    match load::read(text.as_bytes().to_vec()) {
        Ok(draft) => Ok(draft.arrays()),
        Err(LoadError::Text(why)) => Err(*why),
        Err(_) => Ok(Vec::new()),
    }
}

#[test]
fn what_exceeds_a_bound_is_refused_before_it_costs_anything() {
    let many = |piece: &str, times: usize| piece.repeat(times);
    let cases = [
        (many("[", 33) + &many("]", 33), None),
        (many("[", 34) + &many("]", 34), Some(Problem::TooDeep(32))),
        (many("[", 4_000_000), Some(Problem::TooDeep(32))),
        (many("array(", 700_000), Some(Problem::TooDeep(32))),
        (many("[1.]", 65_536), None),
        (many("[1.]", 65_537), Some(Problem::TooMany(65_536))),
        (format!("[{}array(1.)]", many("1.,", 70_000)), Some(Problem::TooMany(65_536))),
        (format!("{{{}", many("a:1,", 300_000)), Some(Problem::TooMany(1 << 18))),
        (many(" ", (64 << 20) + 1), Some(Problem::TooLarge { bytes: (64 << 20) + 1, most: 64 << 20 })),
    ];
    for (text, problem) in cases {
        let start = text.chars().take(20).collect::<String>();
        assert_eq!(arrays(&text).err().map(|error| error.problem), problem, "{} bytes {start:?}", text.len());
    }
}

/// Marsaglia's xorshift64.
struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

#[test]
fn no_mutilated_print_panics_and_every_array_has_as_many_values_as_its_shape() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let read = |name: &str| fs::read_to_string(golden.join(name)).unwrap();
    let samples = [
        read("posted/line-1-16-1.txt"),
        read("posted/sum-2-5-1.txt"),
        read("d_xor/text/numpy2_layers_default.txt"),
        read("e_iris/text/numpy2_threshold20.txt"),
        read("b_hinge/text/numpy1_precision3.txt"),
        "[[ 0.85  1.55]\n [-0.04  1.67]] [nan inf] [array([], shape=(0, 3), dtype=float32), np.int64(150), 7]".to_owned(),
        "OrderedDict([('0.weight', tensor([[1.e-05, 2.]], requires_grad=True)), ('b', Parameter containing:\ntensor(2))])".to_owned(),
        "[<tf.Variable 'k:0' shape=(1,) dtype=float32, numpy=array([1.], dtype=float32)>, <Variable path=b, value=[0.]>]".to_owned(),
    ];
    let alphabet = "[](){}<>,.'\"=: \n\r\t0123456789e+-anfirysd_…\u{2212}\u{200b}\u{202e}\u{1b}\u{feff}é数";
    let alphabet: Vec<char> = alphabet.chars().collect();
    let mut random = Xorshift(0x2545_F491_4F6C_DD1D);
    let (mut whole, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let mut text: Vec<char> = samples[random.below(samples.len())].chars().collect();
        for _ in 0..=random.below(4) {
            let at = random.below(text.len() + 1).min(text.len().saturating_sub(1));
            let to = (at + random.below(40)).min(text.len());
            match random.below(6) {
                0 => text.truncate(at),
                1 => drop(text.drain(at..to)),
                2 => text.insert(at, alphabet[random.below(alphabet.len())]),
                3 if !text.is_empty() => text[at] = alphabet[random.below(alphabet.len())],
                4 => text.extend_from_within(at..to),
                _ => drop(text.drain(..at)),
            }
        }
        let text: String = text.into_iter().collect();
        match arrays(&text) {
            Ok(arrays) => {
                whole += 1;
                for array in arrays {
                    assert_eq!(array.values.len(), array.shape.iter().product::<usize>(), "{text:?}");
                    assert!((1..=text.lines().count().max(1)).contains(&array.line), "{text:?}");
                }
            }
            Err(error) => {
                refused += 1;
                assert!(!error.to_string().contains(['\u{1b}', '\u{202e}', '\u{200b}', '\r']), "{text:?}");
                assert!(error.place.text.chars().count() <= 62 && error.place.caret <= 124, "{text:?}");
            }
        }
    }
    assert!(whole > 500 && refused > 10_000, "{whole} read, {refused} refused");
}
