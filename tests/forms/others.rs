//! Networks that a seed makes, written in the forms of people: read back they must be the same network.

use std::fmt::Write as _;

use byhand::{
    load::{self, Given, Orientation},
    network::Network,
};

/// Layers with kernels of shape (inputs, units) and biases.
#[derive(Debug)]
struct Made {
    layers: Vec<(Vec<Vec<f32>>, Vec<f32>)>,
}

impl Made {
    /// Sizes that are not equal to each other, so that only one way round fits; numbers with `decimals` digits.
    fn new(seed: u64, sizes: &[usize], decimals: i32) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let scale = 10f64.powi(decimals);
        let mut number = || ((random.f64() * 6.0 - 3.0) * scale).round() as f32 / scale as f32;
        let layers = sizes.windows(2).map(|pair| {
            let kernel = (0..pair[0]).map(|_| (0..pair[1]).map(|_| number()).collect()).collect();
            (kernel, (0..pair[1]).map(|_| number()).collect())
        });
        Self { layers: layers.collect() }
    }

    fn is(&self, network: &Network) -> bool {
        let own: Vec<_> = network.layers().filter_map(|layer| layer.operation.as_dense()).collect();
        own.len() == self.layers.len()
            && own.iter().zip(&self.layers).all(|(dense, (kernel, bias))| {
                dense.kernel().values() == kernel.concat() && dense.bias() == Some(bias.as_slice())
            })
    }
}

fn turned(kernel: &[Vec<f32>]) -> Vec<Vec<f32>> {
    (0..kernel[0].len()).map(|unit| kernel.iter().map(|row| row[unit]).collect()).collect()
}

fn join(row: &[f32], divider: &str) -> String {
    row.iter().map(|number| format!("{number:?}")).collect::<Vec<_>>().join(divider)
}

fn rows(kernel: &[Vec<f32>], open: &str, divider: &str, close: &str) -> Vec<String> {
    kernel.iter().map(|row| format!("{open}{}{close}", join(row, divider))).collect()
}

/// A way to write a network.
type Writer = (&'static str, fn(&Made) -> String);

/// Each writes all layers of a network in one form.
const WRITERS: &[Writer] = &[
    ("python assignments, one row a line", |made| {
        each(made, |i, kernel, bias| {
            format!(
                "W{i} = np.array([\n    {},\n])\nb{i} = np.array([{}])\n",
                rows(kernel, "[", ", ", "]").join(",\n    "),
                join(bias, ", ")
            )
        })
    }),
    ("a dictionary of lists, units first", |made| {
        let parts = each(made, |i, kernel, bias| {
            format!(
                "  \"W{i}\": [{}],\n  \"b{i}\": [{}],\n",
                rows(&turned(kernel), "[", ",", "]").join(","),
                rows(&turned(&[bias.to_vec()]), "[", "", "]").join(",")
            )
        });
        format!("params = {{\n{parts}}}\n")
    }),
    ("numpy str under captions", |made| {
        each(made, |i, kernel, bias| {
            format!(
                "Layer {i} weights:\n[{}]\nLayer {i} biases:\n[{}]\n",
                rows(kernel, "[", " ", "]").join("\n "),
                join(bias, " ")
            )
        })
    }),
    ("a list of lists on one line", |made| {
        let parts: Vec<String> = made
            .layers
            .iter()
            .map(|(kernel, bias)| format!("[{}], [{}]", rows(kernel, "[", ", ", "]").join(", "), join(bias, ", ")))
            .collect();
        format!("[{}]\n", parts.join(", "))
    }),
    ("a PyTorch state", |made| {
        each(made, |i, kernel, bias| {
            format!(
                "layers.{i}.weight tensor([{}])\nlayers.{i}.bias tensor([{}])\n",
                rows(&turned(kernel), "[", ", ", "]").join(",\n        "),
                join(bias, ", ")
            )
        })
    }),
    ("PyTorch parameters", |made| {
        each(made, |_, kernel, bias| {
            format!(
                "Parameter containing:\ntensor([{}], requires_grad=True)\nParameter containing:\ntensor([{}], requires_grad=True)\n",
                rows(&turned(kernel), "[", ", ", "]").join(",\n        "),
                join(bias, ", ")
            )
        })
    }),
    ("TensorFlow variables", |made| {
        let parts = each(made, |i, kernel, bias| {
            format!(
                "<tf.Variable 'd{i}/kernel:0' shape=({}, {}) dtype=float32, numpy=\narray([{}], dtype=float32)>, <tf.Variable 'd{i}/bias:0' shape=({},) dtype=float32, numpy=array([{}], dtype=float32)>, ",
                kernel.len(),
                bias.len(),
                rows(kernel, "[", ", ", "]").join(",\n       "),
                bias.len(),
                join(bias, ", ")
            )
        });
        format!("[{}]\n", parts.trim_end_matches(", "))
    }),
    ("scikit-learn", |made| {
        let kernels: Vec<String> = made
            .layers
            .iter()
            .map(|(kernel, _)| format!("array([{}])", rows(kernel, "[", ", ", "]").join(",\n       ")))
            .collect();
        let biases: Vec<String> =
            made.layers.iter().map(|(_, bias)| format!("array([{}])", join(bias, ", "))).collect();
        format!(">>> clf.coefs_\n[{}]\n>>> clf.intercepts_\n[{}]\n", kernels.join(", "), biases.join(", "))
    }),
    ("MATLAB literals", |made| {
        each(made, |i, kernel, bias| {
            format!("W{i} = [{}];\nb{i} = [{}];\n", rows(&turned(kernel), "", " ", "").join("; "), join(bias, "; "))
        })
    }),
    ("Octave's prints", |made| {
        each(made, |i, kernel, bias| {
            format!(
                "W{i} =\n\n{}\n\nb{i} =\n\n{}\n\n",
                rows(&turned(kernel), "   ", "   ", "").join("\n"),
                join(bias, "\n   ").replacen("", "   ", 1)
            )
        })
    }),
    ("R's matrices", |made| {
        each(made, |i, kernel, bias| {
            let header: Vec<String> = (1..=bias.len()).map(|j| format!("[,{j}]")).collect();
            let body: Vec<String> =
                rows(kernel, "", " ", "").iter().enumerate().map(|(j, row)| format!("[{},] {row}", j + 1)).collect();
            format!("> W{i}\n     {}\n{}\n> b{i}\n[1] {}\n", header.join(" "), body.join("\n"), join(bias, " "))
        })
    }),
    ("R's code, by column", |made| {
        each(made, |i, kernel, bias| {
            format!(
                "W{i} <- matrix(c({}), nrow = {}, ncol = {})\nb{i} <- c({})\n",
                join(&turned(kernel).concat(), ", "),
                kernel.len(),
                bias.len(),
                join(bias, ", ")
            )
        })
    }),
    ("Mathematica's braces", |made| {
        each(made, |i, kernel, bias| {
            format!("w{i} = {{{}}};\nb{i} = {{{}}};\n", rows(kernel, "{", ", ", "}").join(", "), join(bias, ", "))
        })
    }),
    ("C arrays", |made| {
        each(made, |i, kernel, bias| {
            format!(
                "static const float w{i}[{}][{}] = {{\n{}\n}};\nstatic const float b{i}[{}] = {{ {} }};\n",
                kernel.len(),
                bias.len(),
                rows(kernel, "  {", "f, ", "f}").join(",\n"),
                bias.len(),
                join(bias, ", ")
            )
        })
    }),
    ("Rust constants", |made| {
        each(made, |i, kernel, bias| {
            format!(
                "const W{i}: [[f32; {}]; {}] = [{}];\nconst B{i}: [f32; {}] = [{}];\n",
                bias.len(),
                kernel.len(),
                rows(kernel, "[", ", ", "]").join(", "),
                bias.len(),
                join(bias, ", ")
            )
        })
    }),
    ("Java arrays", |made| {
        each(made, |i, kernel, bias| {
            format!(
                "double[][] w{i} = {{{}}};\ndouble[] b{i} = {{{}}};\n",
                rows(kernel, "{", ", ", "}").join(", "),
                join(bias, ", ")
            )
        })
    }),
    ("Go literals", |made| {
        each(made, |i, kernel, bias| {
            format!(
                "var w{i} = [][]float64{{\n{},\n}}\nvar b{i} = []float64{{{}}}\n",
                rows(kernel, "\t{", ", ", "}").join(",\n"),
                join(bias, ", ")
            )
        })
    }),
    ("LaTeX", |made| {
        each(made, |i, kernel, bias| {
            format!(
                "$$ W^{{({i})}} = \\begin{{pmatrix}} {} \\end{{pmatrix}}, \\quad b^{{({i})}} = \\begin{{pmatrix}} {} \\end{{pmatrix}} $$\n",
                rows(&turned(kernel), "", " & ", "").join(" \\\\ "),
                join(bias, " \\\\ ")
            )
        })
    }),
    ("a Markdown table", |made| {
        each(made, |i, kernel, bias| {
            let header: Vec<String> = (1..=bias.len()).map(|j| format!("h{j}")).collect();
            let body: Vec<String> = rows(kernel, "", " | ", "")
                .iter()
                .enumerate()
                .map(|(j, row)| format!("| from x{} | {row} |", j + 1))
                .collect();
            format!(
                "### Layer {i}\n\n| | {} |\n|---|{}\n{}\n| bias | {} |\n\n",
                header.join(" | "),
                "---|".repeat(bias.len()),
                body.join("\n"),
                join(bias, " | ")
            )
        })
    }),
    ("a spreadsheet with decimal commas", |made| {
        each(made, |_, kernel, bias| {
            let body: Vec<String> =
                rows(kernel, "", "\t", "").iter().enumerate().map(|(j, row)| format!("x{}\t{row}", j + 1)).collect();
            let header: Vec<String> = (1..=bias.len()).map(|j| format!("H{j}")).collect();
            format!(
                "\t{}\n{}\nBias\t{}\n\n",
                header.join("\t"),
                body.join("\n").replace('.', ","),
                join(bias, "\t").replace('.', ",")
            )
        })
    }),
    ("edges", |made| {
        each(made, |i, kernel, bias| {
            let mut text = String::new();
            for (from, row) in kernel.iter().enumerate() {
                for (to, weight) in row.iter().enumerate() {
                    writeln!(text, "n{}_{from} -> n{i}_{to}: {weight:?}", i - 1).expect("a text");
                }
            }
            for (to, bias) in bias.iter().enumerate() {
                writeln!(text, "bias -> n{i}_{to}: {bias:?}").expect("a text");
            }
            text
        })
    }),
    ("equations", |made| {
        each(made, |i, kernel, bias| {
            let mut text = String::new();
            for (unit, bias) in bias.iter().enumerate() {
                let terms: Vec<String> =
                    kernel.iter().enumerate().map(|(from, row)| format!("{:?}*n{}x{from}", row[unit], i - 1)).collect();
                writeln!(text, "n{i}x{unit} = tanh({} + {bias:?})", terms.join(" + ")).expect("a text");
            }
            text.replace("+ -", "- ")
        })
    }),
    ("named scalars by layer", |made| {
        let text = each(made, |i, kernel, bias| {
            let mut text = String::new();
            for (from, row) in kernel.iter().enumerate() {
                for (to, weight) in row.iter().enumerate() {
                    write!(text, "$w_{{{},{}}}^{{({i})}} = {weight:?}$, ", from + 1, to + 1).expect("a text");
                }
            }
            for (to, bias) in bias.iter().enumerate() {
                write!(text, "$b_{{{}}}^{{({i})}} = {bias:?}$, ", to + 1).expect("a text");
            }
            text + "\n"
        });
        format!("{text}\nHere w_ij goes from unit i to unit j.\n")
    }),
    ("a flat list with sizes", |made| {
        let all: Vec<f32> =
            made.layers.iter().flat_map(|(kernel, bias)| [kernel.concat(), bias.clone()].concat()).collect();
        let sizes: Vec<String> = std::iter::once(made.layers[0].0.len())
            .chain(made.layers.iter().map(|(_, bias)| bias.len()))
            .map(|n| n.to_string())
            .collect();
        format!("All weights of the {} network:\n[{}]\n", sizes.join("-"), join(&all, ", "))
    }),
    ("units as objects", |made| {
        let layers: Vec<String> = made
            .layers
            .iter()
            .map(|(kernel, bias)| {
                let units: Vec<String> = turned(kernel)
                    .iter()
                    .zip(bias)
                    .map(|(weights, bias)| format!("{{\"weights\": [{}], \"bias\": {bias:?}}}", join(weights, ", ")))
                    .collect();
                format!("[{}]", units.join(", "))
            })
            .collect();
        format!("{{\"layers\": [{}]}}", layers.join(", "))
    }),
    ("savetxt in a shell", |made| {
        each(made, |i, kernel, bias| {
            let line = |row: &[f32]| {
                row.iter()
                    .map(|n| format!("{n:.18e}"))
                    .map(|n| n.replace('e', "e+0").replace("e+0-", "e-0"))
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let body: Vec<String> = kernel.iter().map(|row| line(row)).collect();
            let vector: Vec<String> = bias.iter().map(|&n| line(&[n])).collect();
            format!("$ cat w{i}.txt\n{}\n$ cat b{i}.txt\n{}\n", body.join("\n"), vector.join("\n"))
        })
    }),
];

fn each(made: &Made, mut write: impl FnMut(usize, &[Vec<f32>], &[f32]) -> String) -> String {
    made.layers.iter().enumerate().map(|(i, (kernel, bias))| write(i + 1, kernel, bias)).collect()
}

#[test]
fn networks_of_any_size_and_number_come_back_as_they_were_written() {
    let mut wrong = String::new();
    let mut count = 0;
    for (name, write) in WRITERS {
        for (seed, sizes, decimals) in
            [(1, &[3, 4, 2][..], 3), (2, &[2, 5, 1], 7), (3, &[4, 3], 2), (4, &[5, 2, 3, 4], 4), (5, &[1, 6, 2], 5)]
        {
            let made = Made::new(seed, sizes, decimals);
            let text = write(&made);
            let activations = sizes[1..].iter().map(|_| "tanh".parse().expect("tanh")).collect();
            let given = Given { activations: Some(activations), ..Given::named("made") };
            count += 1;
            match load::open(text.clone().into_bytes(), &given) {
                Ok(opened) if made.is(&opened.model.network) => {}
                Ok(opened) => {
                    writeln!(wrong, "{name} {sizes:?}: another network, {:?}", opened.remarks).expect("a text");
                }
                Err(why) => writeln!(wrong, "{name} {sizes:?}: {why}").expect("a text"),
            }
        }
    }
    println!("{count} networks in {} forms", WRITERS.len());
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn square_kernels_are_turned_where_the_print_says_so() {
    for (name, write) in WRITERS.iter().filter(|(name, _)| name.starts_with("PyTorch") || name.starts_with("a PyTorch"))
    {
        let made = Made::new(7, &[3, 3, 3], 4);
        let given = Given { activations: Some(vec!["tanh".parse().expect("tanh"); 2]), ..Given::named("made") };
        let opened = load::open(write(&made).into_bytes(), &given).expect(name);
        assert!(made.is(&opened.model.network) && opened.question.is_none(), "{name}");
    }
    // Lists alone do not say it: asked, and the other way is one option away.
    let (_, write) = WRITERS.iter().find(|(name, _)| name.starts_with("a list of lists")).expect("a form");
    let made = Made::new(8, &[2, 2, 2], 4);
    let given = Given { activations: Some(vec!["tanh".parse().expect("tanh"); 2]), ..Given::named("made") };
    let opened = load::open(write(&made).into_bytes(), &given).expect("read");
    assert!(made.is(&opened.model.network) && opened.question.is_some());
    let turned = Given { orientation: Some(Orientation::Torch), ..given };
    assert!(!made.is(&load::open(write(&made).into_bytes(), &turned).expect("read").model.network));
}
