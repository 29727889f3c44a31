//! Tools that map inputs and targets: with the ranges in the text, which become layers, or without them.

use crate::load::{
    Evidence, Remark,
    found::{Found, Mapping, Orientation},
};

/// Tools that map inputs and targets by themselves, and how they store kernels.
pub(super) fn tools(text: &str, found: &mut Found) {
    let columns = text.lines().any(|line| {
        let line = line.trim();
        line.starts_with("Columns ") && line.contains(" through ") && !line.ends_with(':')
    });
    let tool = if text.contains("h2o.") {
        Some("h2o")
    } else if text.contains("NetExtract[") || text.contains("NetTrain[") {
        Some("Mathematica")
    } else if text.contains("net.IW") || text.contains("IW{") || text.contains("LW{") || columns {
        Some("MATLAB's toolbox")
    } else {
        None
    };
    let Some(tool) = tool.filter(|_| found.hints.scaling == (None, None)) else { return };
    if found.hints.orientation.is_none() {
        found.hints.orientation = Some((Orientation::Torch, Evidence::Tool(tool)));
    }
    found.remarks.push(Remark::OwnScale(tool));
}

/// `x1_step1.xoffset = [2.5;-10];` of MATLAB's generated code, both ways; such arrays are no weights.
pub(super) fn scaling(text: &str, found: &mut Found) {
    let is_step = |name: &str| {
        name.contains("_step")
            && [".xoffset", ".gain", ".ymin", ".keep", ".remove"].iter().any(|part| name.ends_with(part))
    };
    found.arrays.retain(|array| !array.name.as_deref().is_some_and(is_step));
    let list = |name: &str, part: &str| -> Option<Vec<f64>> {
        let key = format!("{name}.{part} =");
        let at = text.find(&key)?;
        let value =
            text[at + key.len()..].split(['\n', ']']).next()?.trim().trim_start_matches('[').trim_end_matches(';');
        value.split([';', ' ', ',']).filter(|n| !n.is_empty()).map(|n| n.parse().ok()).collect()
    };
    let steps = |end: &str| -> Option<(Vec<f64>, Vec<f64>, f64)> {
        (1..=4).find_map(|step| {
            let name = format!("{end}1_step{step}");
            let (offset, gain, low) = (list(&name, "xoffset")?, list(&name, "gain")?, list(&name, "ymin")?);
            (offset.len() == gain.len() && !offset.is_empty())
                .then(|| (offset, gain, low.first().copied().unwrap_or(-1.0)))
        })
    };
    // in = (x - xoffset) * gain + ymin; out = (y - ymin) / gain + xoffset
    let input = steps("x").map(|(offset, gain, low)| Mapping {
        scale: gain.iter().map(|&gain| gain as f32).collect(),
        offset: offset.iter().zip(&gain).map(|(offset, gain)| (low - offset * gain) as f32).collect(),
    });
    let output = steps("y").map(|(offset, gain, low)| Mapping {
        scale: gain.iter().map(|gain| (1.0 / gain) as f32).collect(),
        offset: offset.iter().zip(&gain).map(|(offset, gain)| (offset - low / gain) as f32).collect(),
    });
    if input.is_some() || output.is_some() {
        found.hints.scaling = (input, output);
        found.remarks.push(Remark::ScalingTaken);
    }
}
