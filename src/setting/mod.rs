//! temporary
use std::{str::FromStr, sync::Arc};
use thiserror::Error;
use crate::{course::{BenchSetting, Lesson, TaskKind}, formula::{Formula, Inline, Scene, Shown}, load::{Model, builtin}, mistake::Mistake, network::{Network, Weight}, pass::{Address, Pass}};
/// View
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum View { Network, Matrix, Plot, Curve, Bars }
impl View {
    /// all
    pub const ALL: &[Self] = &[Self::Network, Self::Matrix, Self::Plot, Self::Curve, Self::Bars];
    /// name
    pub fn name(self) -> &'static str { match self { Self::Network => "network", Self::Matrix => "matrix", Self::Plot => "plot", Self::Curve => "curve", Self::Bars => "bars" } }
}
impl FromStr for View { type Err = SettingError; fn from_str(s: &str) -> Result<Self, SettingError> { Self::ALL.iter().copied().find(|v| v.name() == s).ok_or_else(|| SettingError(format!("no view {s}"))) } }
/// E
#[derive(Debug, Clone, Error, PartialEq, Eq)]
#[error("{0}")]
pub struct SettingError(String);
/// S
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Setting { pub model: Arc<Model>, pub network: Network, pub input: Vec<f32>, pub what_ifs: Vec<Mistake>, pub target: Option<Formula>, pub at: Option<String>, pub view: Option<View>, pub yours: Option<String> }
fn e(x: impl ToString) -> SettingError { SettingError(x.to_string()) }
#[allow(missing_docs, clippy::missing_errors_doc)]
impl Setting {
    pub fn first(name: &str) -> Result<Self, SettingError> {
        let model = Arc::new(builtin(name).map_err(e)?);
        let target = model.facts.target.as_ref().and_then(|t| Formula::parse(&t.formula).ok());
        Ok(Self { network: model.network.clone(), input: model.first_input(), what_ifs: vec![], target, at: None, view: None, yours: None, model })
    }
    pub fn then(&self, b: &BenchSetting) -> Result<Self, SettingError> {
        let mut s = match &b.model { Some(m) if m != self.model.network.name() => Self::first(m)?, _ => self.clone() };
        if b.posted { s.network = s.model.network.clone(); }
        if let Some(i) = &b.input { s.input = i.clone(); }
        for (a, v) in b.weights.iter().flatten() {
            let a: Address = a.parse().map_err(e)?;
            let p = a.resolve(&s.network).map_err(e)?;
            let values: Vec<f32> = match v { serde_json::Value::Array(l) => l.iter().flat_map(|v| match v { serde_json::Value::Array(r) => r.iter().filter_map(|v| v.as_f64()).collect::<Vec<_>>(), v => v.as_f64().into_iter().collect() }).map(|v| v as f32).collect(), v => vec![v.as_f64().unwrap_or(0.0) as f32] };
            let (layer, units) = match p.source { crate::pass::Source::Kernel(l) => (l, s.network.layer(l).map_or(1, |l| l.operation.units())), crate::pass::Source::Bias(l) => (l, 0), _ => return Err(e("no weight")) };
            for (k, v) in values.into_iter().enumerate() { let k = p.index.unwrap_or(0) + k;
                let w = if units == 0 { Weight::Bias { unit: k } } else { Weight::Kernel { input: k / units, unit: k % units } };
                s.network = s.network.with_weight(layer, w, v).map_err(e)?; }
        }
        if let Some(w) = &b.what_ifs { s.what_ifs = w.iter().map(|m| Mistake::named(m, &s.network)).collect::<Result<_, _>>().map_err(e)?; }
        if let Some(at) = &b.at { s.at = Some(at.clone()); }
        if let Some(v) = &b.view { s.view = Some(v.parse()?); }
        if let Some(y) = &b.yours { s.yours = Some(y.clone()); }
        Ok(s)
    }
    pub fn scene(&self) -> Scene<'_> { Scene { network: &self.network, input: &self.input, mistakes: &[], target: self.target.as_ref(), region: &self.model.facts.region } }
    pub fn position(&self, pass: &Pass) -> Result<usize, SettingError> { self.position_of(pass, self.at.as_deref().unwrap_or("end")) }
    pub fn position_of(&self, pass: &Pass, at: &str) -> Result<usize, SettingError> {
        match at { "start" => Ok(0), "end" => Ok(pass.steps()), _ => {
            let a: Address = at.parse().map_err(e)?; let p = a.resolve(pass.network()).map_err(e)?;
            match p.source { crate::pass::Source::Stage(l, st) => { let n = pass.stage(l, st).map_or(0, <[f32]>::len); pass.known_after(l, st, p.index.unwrap_or(n.saturating_sub(1))).ok_or_else(|| e("no")) } _ => Ok(0) } } }
    }
    pub fn show(&self, text: &str) -> Result<String, SettingError> {
        let i = Inline::parse(text).map_err(e)?;
        if let Some(c) = i.claim { return Ok(c); }
        let v = i.formula.evaluate(&self.scene()).map_err(e)?.number().map_err(e)?;
        Ok(match i.shown { Shown::Decimals(d) => format!("{v:.d$}"), Shown::Exact => (v as f32).to_string(), Shown::Plainly if v == v.trunc() => format!("{v}"), Shown::Plainly => format!("{v:.4}") })
    }
}
/// settings
#[allow(clippy::missing_errors_doc)]
pub fn settings(lesson: &Lesson) -> Result<Vec<Setting>, SettingError> {
    let mut s = Setting::first(lesson.bench.model.as_deref().unwrap_or("")).and_then(|s| s.then(&lesson.bench))?;
    let mut all = vec![];
    for step in &lesson.steps { s = s.then(&step.task.bench)?; all.push(s.clone()); if let TaskKind::Predict { then, .. } = &step.task.kind { s = s.then(then)?; } }
    Ok(all)
}
