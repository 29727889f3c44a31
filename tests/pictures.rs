//! The pictures in the README are what the program shows today.

#[path = "../examples/picture/scene.rs"]
mod scene;
#[path = "../examples/picture/shape.rs"]
mod shape;
#[path = "../examples/picture/svg.rs"]
mod svg;

use std::{fs, path::Path};

use scene::{RENEW, SCENES};

fn rows(screen: &ratatui::buffer::Buffer) -> Vec<String> {
    let area = screen.area;
    (0..area.height).map(|y| (0..area.width).map(|x| screen[(x, y)].symbol()).collect()).collect()
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "another libm may round a colour of the map differently")]
fn every_picture_is_what_the_program_draws() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    for scene in SCENES {
        let path = folder.join(format!("{}.svg", scene.name));
        let kept = fs::read_to_string(&path).unwrap_or_default().replace('\r', "");
        assert!(kept == scene.svg(), "docs/pictures/{}.svg is stale; renew it with `{RENEW}`", scene.name);
    }
}

#[test]
fn the_bench_shows_both_numbers() {
    let scene = SCENES.iter().find(|scene| scene.name == "bench").expect("there is one");
    let rows = rows(&scene.screen());
    for number in ["25.0047", "20.4750"] {
        assert!(rows.iter().any(|row| row.contains(number)), "no {number} in\n{}", rows.join("\n"));
    }
}
