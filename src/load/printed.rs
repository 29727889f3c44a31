//! Printed weights: what `print(layer.get_weights())` or `print(model.get_weights())` shows,
//! pasted from a notebook, a terminal or a question.
//!
//! # What is read
//!
//! ```text
//! [array([[-0.10382611,  0.48899287]], dtype=float32), array([0.        ,1.1705374], dtype=float32)]
//! [[ 0.85  1.55]
//!  [-0.04  1.67]]
//! ```
//!
//! White space and line ends count nowhere except between two numbers, and a comma may stand
//! there as well. The rules by which brackets become arrays:
//!
//! * In `array(...)`, `tensor(...)`, `tf.Tensor(...)` the nesting of brackets is the shape.
//! * A list that holds such arrays is a list of arrays; lists of lists are flattened in order.
//!   A bare number among them is an array of shape `()`.
//! * Any other nested list of numbers is one array.
//! * `[]` alone is a layer without weights: no array.
//!
//! `<tf.Variable ... numpy=...>`, `<Variable ... value=...>`, `Parameter containing:`,
//! `OrderedDict([('name', tensor(...))])` and `np.float32(...)` are read for what they hold;
//! names are passed over. A print that was cut short (`...`) is refused: the values are not there.
//!
//! # Bounds
//!
//! 64 MiB of text, brackets 32 deep, 65,536 arrays. Time and memory grow linearly with the text.

mod error;
mod excerpt;
mod parser;
mod scan;
mod wrapper;

pub use error::{PrintedError, Problem};
pub use excerpt::Excerpt;

pub use super::found::Array;

/// Largest text that is read, in bytes.
const MOST_BYTES: usize = 64 << 20;

/// Reads every array of a printed text, in order. A text without arrays gives none.
///
/// ```
/// use byhand::load::printed::arrays;
///
/// let dense = arrays("[array([[0.5, -1.]], dtype=float32), array([0., 2.25], dtype=float32)]")?;
/// assert_eq!(dense[0].shape, [1, 2]);
/// assert_eq!(dense[1].values, [0.0, 2.25]);
/// # Ok::<(), byhand::load::printed::PrintedError>(())
/// ```
///
/// # Errors
///
/// The first place at which the text is not such a print, or leaves values out.
pub fn arrays(text: &str) -> Result<Vec<Array>, PrintedError> {
    if text.len() > MOST_BYTES {
        let problem = Problem::TooLarge { bytes: text.len(), most: MOST_BYTES };
        return Err(PrintedError::new(problem, text, 0));
    }
    parser::parse(text).map_err(|error| *error)
}
