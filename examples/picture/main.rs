//! Renders scripted screens to SVG: `cargo run --example picture -- docs/pictures`.
//!
//! With `--check` it writes nothing, and says which pictures are not what the program shows today.

mod scene;
mod shape;
mod svg;

use std::{env, fs, path::PathBuf, process::ExitCode};

use scene::SCENES;

fn main() -> ExitCode {
    let mut check = false;
    let mut folder = None;
    for argument in env::args_os().skip(1) {
        if argument == "--check" {
            check = true;
        } else {
            folder = Some(PathBuf::from(argument));
        }
    }
    let folder = folder.unwrap_or_else(|| PathBuf::from("docs/pictures"));
    let mut stale = 0;
    for scene in SCENES {
        let path = folder.join(format!("{}.svg", scene.name));
        let drawn = scene.svg();
        if check {
            let kept = fs::read_to_string(&path).unwrap_or_default();
            if kept.replace('\r', "") != drawn {
                println!("{} is not what the program shows", path.display());
                stale += 1;
            }
        } else if let Err(why) = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, drawn)) {
            eprintln!("picture: {} cannot be written: {why}", path.display());
            return ExitCode::from(2);
        } else {
            println!("{}", path.display());
        }
    }
    if stale > 0 {
        println!("renew with: {}", scene::RENEW);
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
