//! `byhand completions` and `byhand man`: what a packager puts beside the program.

use std::{io::Write, process::ExitCode};

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Arguments, CommandError, Done, nearest, usage};
use crate::words::help;

#[derive(Debug, Args)]
#[command(after_help = help::completions_examples())]
pub(super) struct Completions {
    #[arg(value_name = "SHELL", value_enum, help = help::completions_shell())]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, out: &mut impl Write) -> Done {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut usage::localized(Arguments::command()), "byhand", &mut text);
        out.write_all(&text)?;
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Debug, Args)]
#[command(after_help = help::man_examples())]
pub(super) struct Man {
    #[arg(value_name = "COMMAND", help = help::man_command())]
    command: Option<String>,
}

impl Man {
    pub(super) fn run(self, out: &mut impl Write) -> Done {
        let mut command = usage::built(usage::localized(Arguments::command()));
        // The template of the help has no place in a manual.
        command = command.help_template("{all-args}");
        let page = match &self.command {
            None => command,
            Some(name) => {
                let Some(found) = command.find_subcommand(name) else {
                    let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
                    let nearest = nearest(name, known.iter().copied()).map(str::to_owned);
                    return Err(CommandError::NoCommand { name: name.clone(), nearest, known: known.join(", ") });
                };
                found.clone().name(format!("byhand-{name}"))
            }
        };
        clap_mangen::Man::new(page).render(out)?;
        Ok(ExitCode::SUCCESS)
    }
}
