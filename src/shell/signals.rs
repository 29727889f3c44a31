//! Signals and the end of the terminal.
//!
//! TERM, HUP, INT and QUIT restore the terminal and then kill us all the same, so that whoever sent them sees what they
//! did; TSTP stops and CONT takes the terminal again. A signal that was ignored when we started (`nohup`, a job in the
//! background of a script) stays ignored. On Windows there are none of these: Ctrl-C is a key in raw mode, a closed
//! console window ends the process, and there is nothing to suspend to.

#[cfg(unix)]
pub(crate) use unix::{Watch, can_be_resumed, die, has_keyboard, in_foreground, stop, watch_hang_up};

#[cfg(not(unix))]
pub(crate) use other::{Watch, can_be_resumed, die, has_keyboard, in_foreground, stop, watch_hang_up};

/// The number of the hang-up signal everywhere.
pub(crate) const HANG_UP: i32 = 1;

#[cfg(unix)]
mod unix {
    use std::{
        fs::File,
        io::{self, Read},
        os::fd::{AsFd, BorrowedFd},
        process,
        sync::{OnceLock, mpsc::Sender},
        thread,
        time::Duration,
    };

    use crossterm::event::Event as TerminalEvent;
    use rustix::{
        event::{PollFd, PollFlags, poll},
        fs::{Mode, OFlags},
        process::{Signal, getpgrp, getpid, getppid, getsid, kill_current_process_group, kill_process},
        stdio::stdin,
        termios::{Action, QueueSelector, isatty, tcgetpgrp},
    };
    use signal_hook::{
        consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH},
        iterator::Signals,
        low_level::emulate_default_handler,
    };

    use crate::shell::{
        event_loop::{Event, Stop},
        terminal::RESTORE,
    };

    /// Signals are caught from here on; [`Watch::spawn`] passes them on.
    #[derive(Debug)]
    pub(crate) struct Watch {
        signals: Signals,
        hang_up_ignored: bool,
    }

    impl Watch {
        /// Catches the signals. To be called before the terminal is taken: none may find it taken and uncaught.
        ///
        /// # Errors
        /// If the system refuses.
        pub(crate) fn begin() -> io::Result<Self> {
            let ignored = ignored();
            let mut caught = vec![SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP];
            caught.retain(|&signal| !is_in(ignored, signal));
            // Ignored or not, it continues a stopped process.
            caught.push(SIGCONT);
            // The reader of the keys hears of it too, but not while half a sequence makes it wait for the rest.
            caught.push(SIGWINCH);
            Ok(Self { signals: Signals::new(caught)?, hang_up_ignored: is_in(ignored, SIGHUP) })
        }

        /// Must a hang-up not kill us?
        pub(crate) fn hang_up_ignored(&self) -> bool {
            self.hang_up_ignored
        }

        /// Starts the thread that passes on signals and sleeps until there is one. It must run before anything is written: a
        /// terminal that nobody reads would stop the writer.
        ///
        /// # Errors
        /// If the system gives no thread.
        pub(crate) fn pass_on(self, events: Sender<Event>) -> io::Result<()> {
            thread::Builder::new().name("signals".into()).spawn(move || pass_on(self.signals, &events))?;
            Ok(())
        }
    }

    /// Starts the thread that passes on the hang-up and sleeps until there is one.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub(crate) fn watch_hang_up(events: Sender<Event>) -> io::Result<()> {
        let watch = move || {
            if wait_for_hang_up() {
                let _ = events.send(Event::HungUp);
            }
        };
        thread::Builder::new().name("hang-up".into()).spawn(watch)?;
        Ok(())
    }

    #[allow(clippy::disallowed_methods, reason = "a thread that only waits for the end of a stuck loop")]
    fn pass_on(mut signals: Signals, events: &Sender<Event>) {
        let mut asked_to_die = false;
        for signal in signals.forever() {
            let event = match signal {
                SIGTSTP => Event::Suspend,
                SIGCONT => Event::Continue,
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((columns, rows)) => Event::Terminal(TerminalEvent::Resize(columns, rows)),
                    Err(_) => continue,
                },
                _ if asked_to_die => die_by_force(signal),
                _ => {
                    asked_to_die = true;
                    // The loop may be stuck: in a write to a terminal that takes nothing, or in a long computation.
                    let by_force = move || {
                        thread::sleep(PATIENCE);
                        die_by_force(signal)
                    };
                    let _ = thread::Builder::new().name("last".into()).spawn(by_force);
                    Event::Die(signal)
                }
            };
            if events.send(event).is_err() {
                return;
            }
        }
    }

    /// How long a dying session may take to save and to restore the terminal.
    const PATIENCE: Duration = Duration::from_secs(2);

    fn die_by_force(signal: i32) -> ! {
        restore_at_once();
        die(signal)
    }

    /// Gives the terminal back though writing to it may be just what the loop is stuck in. What nobody has read is thrown away again
    /// and again: then the loop goes on, comes round to the signal and ends everything in order. Where it does not, what
    /// restores the screen is written through a door of its own that never waits.
    #[allow(clippy::disallowed_methods, reason = "the loop is stuck, and the process is about to end")]
    fn restore_at_once() {
        let Some(keyboard) = keyboard() else { return };
        let Ok(name) = rustix::termios::ttyname(keyboard, Vec::new()) else { return };
        let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY;
        let Ok(terminal) = rustix::fs::open(name.as_c_str(), flags, Mode::empty()) else { return };
        for _ in 0..25 {
            let _ = rustix::termios::tcflush(&terminal, QueueSelector::OFlush);
            // Who waits in a write learns of the room that there is now only when output is stopped and started again.
            let _ = rustix::termios::tcflow(&terminal, Action::OOff);
            let _ = rustix::termios::tcflow(&terminal, Action::OOn);
            thread::sleep(Duration::from_millis(20));
        }
        let _ = rustix::termios::tcflush(&terminal, QueueSelector::OFlush);
        let _ = crossterm::terminal::disable_raw_mode();
        let _ = rustix::io::write(&terminal, RESTORE.as_bytes());
    }

    /// Ends the process as the signal would have done.
    #[allow(clippy::disallowed_methods, reason = "the terminal is restored already")]
    pub(crate) fn die(signal: i32) -> ! {
        let _ = emulate_default_handler(signal);
        process::exit(128 + signal)
    }

    /// The terminal that the keys come from: standard input, or the terminal of our session if standard input is a pipe
    /// or a file, as in `cat weights.txt | byhand open -`. crossterm chooses in the same way.
    fn keyboard() -> Option<BorrowedFd<'static>> {
        static OPENED: OnceLock<Option<File>> = OnceLock::new();
        if isatty(stdin()) {
            return Some(stdin());
        }
        let open = || File::options().read(true).write(true).open("/dev/tty").ok();
        OPENED.get_or_init(open).as_ref().map(AsFd::as_fd)
    }

    /// Whether there is a terminal that the keys come from.
    pub(crate) fn has_keyboard() -> bool {
        keyboard().is_some()
    }

    /// Blocks until the terminal is gone. crossterm's reader does not notice: it would read nothing, endlessly, as fast as
    /// it can (crossterm issue 793). False if the system does not know.
    fn wait_for_hang_up() -> bool {
        let Some(keyboard) = keyboard() else { return false };
        loop {
            // No event is asked for: a hang-up is reported always, and keys must not wake us.
            let mut terminal = [PollFd::from_borrowed_fd(keyboard, PollFlags::empty())];
            match poll(&mut terminal, None) {
                Ok(_) => {
                    return terminal[0].revents().intersects(PollFlags::HUP | PollFlags::ERR);
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return false,
            }
        }
    }

    /// Stops us, or the whole job; false if the system refuses. Returns at the latest after the SIGCONT that follows.
    pub(crate) fn stop(who: Stop) -> bool {
        match who {
            Stop::Process => kill_process(getpid(), Signal::STOP),
            Stop::Job => kill_current_process_group(Signal::STOP),
        }
        .is_ok()
    }

    /// Is there a shell with job control above us? SIGSTOP stops us even where nobody could say `fg`: in a terminal that
    /// was opened for byhand alone, in a container, below a script of such a one.
    pub(crate) fn can_be_resumed() -> bool {
        let session = getsid(None).ok();
        let in_the_leaders_own_job = session == Some(getpgrp());
        let parent_in_session = getppid().is_some_and(|parent| getsid(Some(parent)).ok() == session);
        session.is_some() && !in_the_leaders_own_job && parent_in_session
    }

    /// Whether the terminal belongs to our job; true if the system does not know.
    pub(crate) fn in_foreground() -> bool {
        keyboard().is_none_or(|keyboard| tcgetpgrp(keyboard).map_or(true, |job| job == getpgrp()))
    }

    fn is_in(set: u64, signal: i32) -> bool {
        u32::try_from(signal - 1).is_ok_and(|bit| set.checked_shr(bit).unwrap_or(0) & 1 == 1)
    }

    /// The set of ignored signals, bit n - 1 for signal n. Only Linux shows it without unsafe code. Elsewhere `nohup` has
    /// already turned standard output away from the terminal, and then we do not start at all.
    fn ignored() -> u64 {
        if cfg!(target_os = "linux") { status().map_or(0, |status| ignored_in(&status)) } else { 0 }
    }

    fn status() -> io::Result<String> {
        // The kernel gives no size; with enough room it is one read.
        let mut status = String::with_capacity(4096);
        File::open("/proc/self/status")?.read_to_string(&mut status)?;
        Ok(status)
    }

    fn ignored_in(status: &str) -> u64 {
        status
            .lines()
            .find_map(|line| line.strip_prefix("SigIgn:"))
            .and_then(|set| u64::from_str_radix(set.trim(), 16).ok())
            .unwrap_or(0)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn ignored_signals_are_read_from_the_status_of_the_process() {
            let status =
                "Name:\tbyhand\nSigBlk:\t0000000000000004\nSigIgn:\t0000000000001001\nSigCgt:\t0000000000000002\n";
            let set = ignored_in(status);
            assert!(is_in(set, SIGHUP));
            assert!(!is_in(set, SIGINT));
            assert!(!is_in(set, SIGTERM));
            assert_eq!(ignored_in("no such line"), 0);
        }

        #[test]
        fn no_signal_number_is_out_of_range() {
            for signal in [-1, 0, 65, i32::MAX] {
                assert!(!is_in(u64::MAX, signal), "{signal}");
            }
        }
    }
}

#[cfg(not(unix))]
mod other {
    use std::{io, process, sync::mpsc::Sender};

    use crate::shell::event_loop::{Event, Stop};

    /// Nothing to watch.
    #[derive(Debug)]
    pub(crate) struct Watch(());

    impl Watch {
        /// Catches nothing.
        ///
        /// # Errors
        /// Never.
        pub(crate) fn begin() -> io::Result<Self> {
            Ok(Self(()))
        }

        /// Must a hang-up not kill us?
        pub(crate) fn hang_up_ignored(&self) -> bool {
            true
        }

        /// Starts nothing.
        ///
        /// # Errors
        /// Never.
        pub(crate) fn pass_on(self, _: Sender<Event>) -> io::Result<()> {
            Ok(())
        }
    }

    /// Starts nothing.
    ///
    /// # Errors
    /// Never.
    pub(crate) fn watch_hang_up(_: Sender<Event>) -> io::Result<()> {
        Ok(())
    }

    /// Ends the process with the code a shell would report for the signal.
    pub(crate) fn die(signal: i32) -> ! {
        process::exit(128 + signal)
    }

    /// Nothing can be stopped.
    pub(crate) fn stop(_: Stop) -> bool {
        false
    }

    /// Nobody could resume us.
    pub(crate) fn can_be_resumed() -> bool {
        false
    }

    /// The console's keys do not come from standard input.
    pub(crate) fn has_keyboard() -> bool {
        true
    }

    /// The console is always ours.
    pub(crate) fn in_foreground() -> bool {
        true
    }
}
