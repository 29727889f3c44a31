//! The progress file against other processes, other versions and whatever else is in its place.

use std::collections::BTreeSet;

use super::*;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("byhand-progress-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        Self(folder)
    }

    fn file(&self) -> ProgressFile {
        ProgressFile::at(Some(self.0.join("deep").join("progress.json")))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn done(task: &str) -> Progress {
    let mut progress = Progress::default();
    progress.note("one-neuron", &BTreeSet::from([task.to_owned()]));
    progress
}

#[test]
fn it_reads_back_and_merges_with_another_instance() {
    let folder = Folder::new("merge");
    folder.file().write(&mut done("a"), AT_THE_END).expect("written");
    folder.file().write(&mut done("b"), AT_THE_END).expect("written");
    let (progress, notice) = folder.file().read();
    assert_eq!(progress.of("one-neuron").len(), 2);
    assert!(notice.is_none());
}

#[test]
fn many_at_once_lose_nothing() {
    let folder = Folder::new("race");
    std::thread::scope(|scope| {
        for i in 0..8 {
            let file = folder.file();
            scope.spawn(move || file.write(&mut done(&format!("task-{i}")), AT_THE_END).expect("written"));
        }
    });
    assert_eq!(folder.file().read().0.of("one-neuron").len(), 8);
}

#[test]
fn a_damaged_file_is_set_aside() {
    let folder = Folder::new("damaged");
    let path = folder.0.join("deep").join("progress.json");
    fs::create_dir_all(folder.0.join("deep")).expect("a folder");
    for (n, name) in [(1, "progress.json.damaged"), (2, "progress.json.damaged-2")] {
        fs::write(&path, format!("{{ half a file {n}")).expect("written");
        let (progress, notice) = folder.file().read();
        assert_eq!(progress, Progress::default());
        assert!(notice.is_some_and(|notice| notice.to_string().contains("kept under another name")));
        folder.file().write(&mut done("a"), AT_THE_END).expect("written");
        let aside = fs::read_to_string(folder.0.join("deep").join(name)).expect("set aside");
        assert_eq!(aside, format!("{{ half a file {n}"));
        assert_eq!(folder.file().read().0, done("a"));
    }
}

#[test]
fn a_newer_file_is_left_alone() {
    for newer in [
        r#"{"version": 99, "everything": "else"}"#,
        r#"{"version": "2.0", "everything": "else"}"#,
        r#"{"version": 1, "done": {}, "everything": "else"}"#,
        r#"{"version": 1.5, "everything": "else"}"#,
    ] {
        is_left_alone(newer);
    }
}

fn is_left_alone(newer: &str) {
    let folder = Folder::new("newer");
    let path = folder.0.join("deep").join("progress.json");
    fs::create_dir_all(folder.0.join("deep")).expect("a folder");
    fs::write(&path, newer).expect("written");
    let (_, notice) = folder.file().read();
    assert!(notice.is_some_and(|notice| notice.to_string().contains("newer byhand")), "{newer}");
    assert!(folder.file().write(&mut done("a"), AT_THE_END).is_err());
    assert!(fs::read_to_string(&path).expect("still there").contains("everything"));
}

#[test]
fn a_folder_in_its_place_is_left_alone() {
    let folder = Folder::new("folder");
    let path = folder.0.join("deep").join("progress.json");
    fs::create_dir_all(path.join("inside")).expect("folders");
    let (progress, notice) = folder.file().read();
    assert_eq!(progress, Progress::default());
    assert!(notice.is_some_and(|notice| notice.lasts() && notice.to_string().contains("--progress FILE")));
    assert!(folder.file().write(&mut done("a"), AT_THE_END).is_err());
    assert!(path.join("inside").is_dir());
}

#[test]
fn a_place_that_cannot_be_written_is_named_with_the_remedy() {
    let folder = Folder::new("nowhere");
    fs::create_dir_all(&folder.0).expect("a folder");
    fs::write(folder.0.join("deep"), "a file, not a folder").expect("written");
    let error = folder.file().write(&mut done("a"), AT_THE_END).expect_err("cannot").to_string();
    assert!(error.contains("--progress FILE"), "{error}");
}

#[test]
fn an_empty_file_is_as_good_as_none() {
    let folder = Folder::new("empty");
    fs::create_dir_all(folder.0.join("deep")).expect("a folder");
    fs::write(folder.0.join("deep").join("progress.json"), " \n").expect("written");
    let (progress, notice) = folder.file().read();
    assert_eq!(progress, Progress::default());
    assert!(notice.is_none());
    folder.file().write(&mut done("a"), AT_THE_END).expect("written");
    assert_eq!(folder.file().read().0, done("a"));
    assert!(!folder.0.join("deep").join("progress.json.damaged").exists());
}

#[test]
fn who_holds_the_lock_stops_nobody() {
    let folder = Folder::new("lock");
    folder.file().write(&mut done("a"), AT_THE_END).expect("written");
    let held = replace::lock_file(folder.file().path().expect("a place")).expect("a lock");
    held.lock().expect("locked");
    let begin = Instant::now();
    let error = folder.file().write(&mut done("b"), IN_PASSING).expect_err("held").to_string();
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    assert!(error.contains("another byhand holds"), "{error}");
    drop(held);
    folder.file().write(&mut done("b"), IN_PASSING).expect("written");
    assert_eq!(folder.file().read().0.of("one-neuron").len(), 2);
}

#[test]
fn drafts_of_killed_processes_are_removed_and_nothing_else() {
    let folder = Folder::new("drafts");
    let deep = folder.0.join("deep");
    fs::create_dir_all(&deep).expect("a folder");
    let others = ["progress.json.new", "progress.json.12a.new", "other.json.1.new", "progress.json.damaged"];
    for name in others.iter().chain(&["progress.json.1.new", "progress.json.4194304.new"]) {
        fs::write(deep.join(name), "half").expect("written");
    }
    folder.file().write(&mut done("a"), AT_THE_END).expect("written");
    let mut left: Vec<String> = fs::read_dir(&deep)
        .expect("a folder")
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    left.retain(|name| !["progress.json", "progress.json.lock"].contains(&name.as_str()));
    left.sort();
    let mut expected = others.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(left, expected);
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{FileTypeExt, symlink};

    use super::*;

    #[test]
    fn a_link_stays_a_link_and_its_file_is_replaced() {
        let folder = Folder::new("link");
        let deep = folder.0.join("deep");
        fs::create_dir_all(&deep).expect("a folder");
        symlink("middle.json", deep.join("progress.json")).expect("a link");
        symlink("../kept.json", deep.join("middle.json")).expect("a link");
        // First to nothing, then to a file.
        for task in ["a", "b"] {
            folder.file().write(&mut done(task), AT_THE_END).expect("written");
            assert!(fs::symlink_metadata(deep.join("progress.json")).expect("there").is_symlink());
            assert!(fs::read_to_string(folder.0.join("kept.json")).expect("kept").contains(task));
        }
        assert_eq!(folder.file().read().0.of("one-neuron").len(), 2);
    }

    #[test]
    fn devices_and_pipes_are_neither_read_nor_renamed_nor_replaced() {
        let folder = Folder::new("special");
        fs::create_dir_all(&folder.0).expect("a folder");
        let pipe = folder.0.join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
        assert!(made.success());
        symlink("/dev/zero", folder.0.join("zero")).expect("a link");
        symlink("/dev/null", folder.0.join("null")).expect("a link");
        for name in ["pipe", "zero", "null"] {
            let file = ProgressFile::at(Some(folder.0.join(name)));
            let (progress, notice) = file.read();
            assert_eq!(progress, Progress::default());
            assert!(notice.is_some_and(|notice| notice.to_string().contains("is not a regular file")), "{name}");
            let error = file.write(&mut done("a"), AT_THE_END).expect_err(name).to_string();
            // Beside a device of the system not even the lock may be made.
            assert!(error.contains("regular file") || error.contains("cannot be written"), "{name}: {error}");
        }
        assert!(fs::symlink_metadata(&pipe).expect("there").file_type().is_fifo());
        assert!(fs::metadata("/dev/null").expect("there").file_type().is_char_device());
        assert!(!Path::new("/dev/null.damaged").exists());
        // A pipe in the place of the lock.
        fs::create_dir_all(folder.0.join("deep")).expect("a folder");
        fs::rename(&pipe, folder.0.join("deep").join("progress.json.lock")).expect("renamed");
        assert!(folder.file().write(&mut done("a"), AT_THE_END).is_err());
    }
}
