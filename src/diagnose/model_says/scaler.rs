//! Scalings that people put around a network, and what a training table says about their numbers.

use crate::network::{End, Mapping, Scaling, mapping};

/// A scaling at one end of a network.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaler {
    /// In front of the network or behind it.
    pub end: End,
    /// What was done to each number before training, (units,).
    pub mappings: Vec<Mapping>,
    /// Where its numbers come from.
    pub by: By,
}

/// Where the numbers of a scaling come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// People use it often.
    Usual,
    /// A statistic of the training table's columns.
    Table(Statistic),
    /// The same of the inputs, or of the model's numbers, that were given.
    Given(Statistic),
    /// Found from the numbers themselves.
    Solved,
    /// Found from the numbers themselves, and close to round ones.
    SolvedRound,
}

/// How a scaling follows from a column of training values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// Lowest to highest, mapped to 0..1: `MinMaxScaler`.
    MinMax,
    /// Lowest to highest, mapped to -1..1: MATLAB's `mapminmax`.
    MinMaxSigned,
    /// Mean subtracted, divided by the deviation with n: `StandardScaler`, Keras' `Normalization`.
    Standard,
    /// The same with n - 1: pandas' `std`, R's `scale`.
    StandardSample,
    /// Divided by the largest magnitude: `MaxAbsScaler`.
    MaxAbs,
    /// Mean subtracted.
    Centred,
    /// Divided by the deviation with n.
    Deviation,
    /// Mean subtracted, divided by highest less lowest.
    MeanOverRange,
    /// Median subtracted, divided by the interquartile range: `RobustScaler`.
    Robust,
    /// [`Statistic::MinMax`] with the lowest and highest of all columns together.
    WholeMinMax,
    /// [`Statistic::Standard`] with the mean and deviation of all columns together.
    WholeStandard,
}

impl Statistic {
    /// Each, and how common it is.
    pub(super) const ALL: [(Self, f64); 11] = [
        (Self::MinMax, 4.0),
        (Self::MinMaxSigned, 3.0),
        (Self::Standard, 4.0),
        (Self::StandardSample, 3.0),
        (Self::MaxAbs, 1.5),
        (Self::Centred, 0.5),
        (Self::Deviation, 0.5),
        (Self::MeanOverRange, 0.5),
        (Self::Robust, 0.5),
        (Self::WholeMinMax, 0.5),
        (Self::WholeStandard, 0.5),
    ];

    /// The mappings for some columns of training values; `None` if a column is empty.
    pub(super) fn mappings(self, columns: &[Column]) -> Option<Vec<Mapping>> {
        let whole = || {
            let all: Vec<f64> = columns.iter().flat_map(|column| column.sorted.iter().copied()).collect();
            Column::new(&all)
        };
        match self {
            Self::WholeMinMax => {
                let one = Self::MinMax.mapping(&whole())?;
                Some(vec![one; columns.len()])
            }
            Self::WholeStandard => {
                let one = Self::Standard.mapping(&whole())?;
                Some(vec![one; columns.len()])
            }
            _ => columns.iter().map(|column| self.mapping(column)).collect(),
        }
    }

    fn mapping(self, column: &Column) -> Option<Mapping> {
        let (low, high) = (*column.sorted.first()?, *column.sorted.last()?);
        // A column that never changes is only moved, as scikit-learn does.
        let or_one = |divisor: f64| if divisor > 0.0 && divisor.is_finite() { divisor } else { 1.0 };
        let range = or_one(high - low);
        let standard =
            |mean: f64, deviation: f64| Mapping::Standard { mean: mean as f32, deviation: or_one(deviation) as f32 };
        let onto = |to| Mapping::Range { from: (low as f32, (low + range) as f32), to };
        Some(match self {
            Self::MinMax | Self::WholeMinMax => onto((0.0, 1.0)),
            Self::MinMaxSigned => onto((-1.0, 1.0)),
            Self::Standard | Self::WholeStandard => standard(column.mean, column.deviation(0)),
            Self::StandardSample => standard(column.mean, column.deviation(1)),
            Self::MaxAbs => Mapping::divided_by(or_one(low.abs().max(high.abs())) as f32),
            Self::Centred => standard(column.mean, 1.0),
            Self::Deviation => standard(0.0, column.deviation(0)),
            Self::MeanOverRange => standard(column.mean, range),
            Self::Robust => standard(column.quantile(0.5), column.quantile(0.75) - column.quantile(0.25)),
        })
    }
}

/// The numbers of one column of a training table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    sorted: Vec<f64>,
    mean: f64,
    /// Sum of the squared distances from the mean.
    squares: f64,
}

impl Column {
    /// From its numbers; those that are not finite are left out, as pandas and scikit-learn do with missing ones.
    pub fn new(numbers: &[f64]) -> Self {
        let mut sorted: Vec<f64> = numbers.iter().copied().filter(|number| number.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let count = sorted.len().max(1) as f64;
        let mean = sorted.iter().sum::<f64>() / count;
        let squares = sorted.iter().map(|number| (number - mean).powi(2)).sum();
        Self { sorted, mean, squares }
    }

    /// How many numbers it has.
    pub fn count(&self) -> usize {
        self.sorted.len()
    }

    /// The lowest and the highest number; `None` if there is none.
    pub fn range(&self) -> Option<(f64, f64)> {
        Some((*self.sorted.first()?, *self.sorted.last()?))
    }

    /// The standard deviation; `less`: 0 to divide by n, 1 to divide by n - 1.
    fn deviation(&self, less: usize) -> f64 {
        (self.squares / (self.sorted.len().saturating_sub(less)) as f64).sqrt()
    }

    /// By linear interpolation, as NumPy's `percentile` does.
    fn quantile(&self, share: f64) -> f64 {
        let at = share * (self.sorted.len().saturating_sub(1)) as f64;
        let number = |at: f64| self.sorted.get(at as usize).copied().unwrap_or(f64::NAN);
        let (below, above) = (number(at.floor()), number(at.ceil()));
        below + (above - below) * at.fract()
    }
}

/// The training table: one column for each input and, if they are numbers, one for each output.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Training {
    /// The inputs' columns, in order.
    pub inputs: Vec<Column>,
    /// The outputs' columns, in order; empty if the table does not have them.
    pub targets: Vec<Column>,
}

impl Training {
    /// For each input its lowest and highest value; empty if a column is empty.
    pub fn region(&self) -> Vec<(f32, f32)> {
        let ranges = self.inputs.iter().map(|column| column.range().map(|(low, high)| (low as f32, high as f32)));
        ranges.collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    /// The columns at one end.
    pub(super) fn at(&self, end: End) -> &[Column] {
        match end {
            End::Input => &self.inputs,
            End::Output => &self.targets,
        }
    }
}

impl Scaler {
    /// What the network does with it; `None` if it is too large for float32.
    pub fn scaling(&self) -> Option<Scaling> {
        mapping::scaling(&self.mappings, self.end).ok()
    }

    /// As `--scaling` reads it.
    pub fn text(&self) -> String {
        let texts: Vec<String> = self.mappings.iter().map(|mapping| mapping.text()).collect();
        let all_same = texts.windows(2).all(|pair| pair[0] == pair[1]);
        let how = if all_same { texts.first().cloned().unwrap_or_default() } else { texts.join(";") };
        format!("{}={how}", self.end.name())
    }
}

/// Ranges and divisors that people scale with, and how common each is.
pub(super) fn usual() -> Vec<(Mapping, f64)> {
    let range = |from, to| Mapping::Range { from, to };
    let (unit, signed) = ((0.0, 1.0), (-1.0, 1.0));
    let mut all = vec![
        (Mapping::divided_by(255.0), 5.0),
        (range((0.0, 255.0), signed), 2.0),
        (Mapping::Standard { mean: 128.0, deviation: 128.0 }, 0.5),
        (Mapping::divided_by(256.0), 0.5),
        (range(unit, signed), 3.0),
        (range(signed, unit), 1.0),
        (Mapping::divided_by(0.01), 0.5),
    ];
    for (high, common) in [
        (100.0, 4.0),
        (10.0, 3.0),
        (1000.0, 2.0),
        (10_000.0, 0.5),
        (2.0, 0.5),
        (4.0, 0.3),
        (5.0, 0.5),
        (20.0, 0.5),
        (50.0, 0.5),
        (200.0, 0.5),
        (360.0, 0.3),
        (500.0, 0.5),
    ] {
        all.push((Mapping::divided_by(high), common));
        all.push((range((0.0, high), signed), common / 2.0));
        all.push((range((-high, high), signed), common / 4.0));
        all.push((range((-high, high), unit), common / 4.0));
    }
    // -10..10 onto -1..1 is division by 10.
    let mut distinct: Vec<(Mapping, f64)> = Vec::new();
    for (mapping, common) in all {
        let lists = |mapping: Mapping| {
            let scaling = mapping.scaling(End::Input);
            [crate::network::List::Scale, crate::network::List::Offset]
                .map(|list| scaling.list(list).map(<[f32]>::to_vec))
        };
        match distinct.iter_mut().find(|(known, _)| lists(*known) == lists(mapping)) {
            Some((_, known)) => *known += common,
            None => distinct.push((mapping, common)),
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statistics_are_those_of_numpy_pandas_and_scikit_learn() {
        // np.std([2, 4, 4, 4, 5, 5, 7, 9]) = 2, with ddof=1 2.13809; np.percentile(.., [25, 50, 75]) = 4, 4.5, 5.5
        let column = Column::new(&[2.0, 4.0, 4.0, 4.0, f64::NAN, 5.0, 5.0, 7.0, 9.0]);
        let of = |statistic: Statistic| statistic.mappings(std::slice::from_ref(&column)).expect("numbers")[0].text();
        assert_eq!(column.count(), 8);
        assert_eq!(of(Statistic::Standard), "standard:5,2");
        assert_eq!(of(Statistic::StandardSample), "standard:5,2.13809");
        assert_eq!(of(Statistic::MinMax), "2,9");
        assert_eq!(of(Statistic::MinMaxSigned), "2,9:-1,1");
        assert_eq!(of(Statistic::MaxAbs), "/9");
        assert_eq!(of(Statistic::Robust), "standard:4.5,1.5");
        assert_eq!(of(Statistic::MeanOverRange), "standard:5,7");
    }

    #[test]
    fn a_column_that_never_changes_is_only_moved() {
        let column = Column::new(&[3.0, 3.0]);
        let of = |statistic: Statistic| statistic.mappings(std::slice::from_ref(&column)).expect("numbers")[0].text();
        assert_eq!((of(Statistic::Standard).as_str(), of(Statistic::MinMax).as_str()), ("standard:3,1", "3,4"));
        assert_eq!(Statistic::MinMax.mappings(&[Column::new(&[])]), None);
    }

    #[test]
    fn usual_scalings_are_all_different() {
        let all = usual();
        for (i, (a, _)) in all.iter().enumerate() {
            assert!(all[..i].iter().all(|(b, _)| a.scaling(End::Input) != b.scaling(End::Input)), "{a:?}");
        }
        assert!(all.iter().any(|(mapping, _)| mapping.text() == "0,10:-1,1"));
    }
}
