//! Who acts.

/// Who an act is noted under in the staff log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By<'a> {
    /// Whoever sits at the command line of the server.
    CommandLine,
    /// A person who signed in, by the name of the account.
    Person(&'a str),
}

impl<'a> By<'a> {
    /// The word the command line is noted under; no account may have this name.
    pub const COMMAND_LINE: &'static str = "cli";

    /// The name in the staff log.
    pub const fn actor(self) -> &'a str {
        match self {
            Self::CommandLine => Self::COMMAND_LINE,
            Self::Person(name) => name,
        }
    }
}
