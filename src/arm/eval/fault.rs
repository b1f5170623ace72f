//! Why an evaluation stopped. A fault says what is wrong and where in the template; which finding that becomes is for
//! others to say.

use crate::source::Origin;

/// What kind of mistake a fault is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The template has not the shape of one: a member is missing, unknown or of the wrong type.
    Shape,
    /// A text in brackets is no expression.
    Syntax,
    /// A parameter, variable, function, member or loop that is not there.
    Name,
    /// A function got too few or too many arguments, or one of a type or value that it does not take.
    Argument,
    /// A parameter has no value, or one that its constraints refuse.
    Parameter,
    /// `dependsOn` names what is not in the template, or goes in a circle.
    Dependency,
    /// The name of a resource has not as many segments as its type asks for.
    Segments,
    /// The same resource twice.
    Duplicate,
    /// A documented limit of the platform is passed.
    Limit,
    /// More work or output than this evaluator does for one template.
    Bound,
    /// The evaluator does not know what the platform would do, and does not guess.
    Unknown,
}

/// One reason for which a template is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    pub kind: Kind,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where the innermost node that is at fault comes from, as far as it is known.
    pub origin: Option<Origin>,
    /// What helps to correct it.
    pub hint: Option<Box<Hint>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// What to do or write instead, in the imperative.
    Do(String),
    /// A name is not there; these are.
    Known { name: String, known: Vec<String> },
    /// Where the same thing stands for the first time.
    First(Origin),
}

impl Fault {
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Fault { kind, message: message.into(), origin: None, hint: None }
    }

    /// A function's arguments are wrong.
    pub fn argument(message: impl Into<String>) -> Self {
        Fault::new(Kind::Argument, message)
    }

    /// What the platform would answer is not known here.
    pub fn unknown(message: impl Into<String>) -> Self {
        Fault::new(Kind::Unknown, message)
    }

    pub fn help(self, text: impl Into<String>) -> Self {
        self.hint(Hint::Do(text.into()))
    }

    pub fn hint(mut self, hint: Hint) -> Self {
        self.hint = Some(Box::new(hint));
        self
    }

    /// Adds the place, unless a more precise one is known already.
    pub fn at(mut self, origin: Option<Origin>) -> Self {
        self.origin = self.origin.or(origin);
        self
    }
}
