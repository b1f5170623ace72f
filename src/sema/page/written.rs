//! Instruction steps of the author's own: what they ask for, against the inputs. Their members are held against the closed
//! schema of a page.

use crate::diag::rules::{connector as rules, page};
use crate::ir::{Input, InputKind};
use crate::model::decode::first_place;
use crate::sema::context::Context;
use crate::sema::poller::auth;
use crate::source::{Span, Spanned};
use crate::syntax::Node;

/// Instructions that ask for something under a name.
const BOXES: [&str; 4] = ["Textbox", "Dropdown", "Radio", "ServicePrincipalIDTextBox_test"];

/// An instruction with a name.
struct Asked<'n> {
    ty: &'n str,
    /// Of the type.
    span: Span,
    name: Spanned<&'n str>,
    /// The type of a text box.
    shows: Option<&'n str>,
}

/// Each input that is used has a box that fits it, and each box has a use. `path`: of the connector.
pub fn check(steps: &Node, used: &[String], inputs: &[Input], path: &str, context: &mut Context<'_>) {
    let path = format!("{path}.instructionSteps");
    let mut asked = Vec::new();
    let mut form = false;
    collect(steps, &mut asked, &mut form);
    let in_form = |name: &str| form && auth::FORM.iter().any(|(_, known)| *known == name);
    let is_asked = |name: &String| in_form(name) || asked.iter().any(|one| one.name.value == name.as_str());
    for name in used.iter().filter(|name| !is_asked(name)) {
        let message = format!("the steps have no box for the input `{name}`, which the connector uses");
        let help = format!("add a Textbox with `name: {name}`, or leave `instructionSteps` out");
        context.report(&rules::UNASKED_INPUT, first_place(steps), &path, message, help);
    }
    for one in asked.iter().filter(|one| BOXES.contains(&one.ty)) {
        let name = one.name.value;
        match inputs.iter().find(|input| input.name.value == name).filter(|_| used.iter().any(|used| used == name)) {
            Some(input) => fits(one, input, &path, context),
            // Where an input has no box, this may be its box under another name: that is one slip.
            None if context.is_broken("inputs") || !used.iter().all(is_asked) => {}
            None => {
                let message = format!("the connector uses no input `{name}`, which this box asks for");
                let help = match used.iter().find(|used| used.eq_ignore_ascii_case(name)) {
                    Some(near) => format!("write `name: {near}`"),
                    None => format!("use it as \"{{{{{name}}}}}\" in the connector, or remove the box"),
                };
                context.report(&page::UNUSED_BOX, one.name.span, &path, message, help);
            }
        }
    }
}

fn fits(one: &Asked<'_>, input: &Input, path: &str, context: &mut Context<'_>) {
    let name = &input.name.value;
    let is_choice = matches!(input.kind, InputKind::Choice(_));
    if is_choice != (one.ty == "Dropdown") {
        let (message, help) = match is_choice {
            true => {
                (format!("the input `{name}` has options, and a {} gives no list", one.ty), "write `type: Dropdown`")
            }
            false => (
                format!("a Dropdown gives a list, and the input `{name}` has no options"),
                "write `type: Textbox`, or give the input `options`",
            ),
        };
        context.report(&page::BOX_TYPE, one.span, path, message, help);
    } else if input.is_secret() && !matches!(one.shows, Some("password" | "securestring")) {
        let message = format!("this box shows the secret `{name}` while it is typed");
        context.report(&page::VISIBLE_SECRET, one.name.span, path, message, "write `type: password` in its parameters");
    }
}

/// Every instruction with a name, however deep, and whether there is a form to sign in.
fn collect<'n>(node: &'n Node, found: &mut Vec<Asked<'n>>, form: &mut bool) {
    let scalar = |node: &'n Node, key: &str| {
        node.get(key).and_then(|entry| Some((entry.value.as_scalar()?.text.as_str(), entry.value.span)))
    };
    if let (Some((ty, span)), Some(parameters)) = (scalar(node, "type"), node.get("parameters")) {
        *form |= ty == "OAuthForm";
        if let Some((name, place)) = scalar(&parameters.value, "name") {
            let shows = scalar(&parameters.value, "type").map(|(shows, _)| shows);
            found.push(Asked { ty, span, name: Spanned::new(name, place), shows });
        }
    }
    node.entries().unwrap_or_default().iter().for_each(|entry| collect(&entry.value, found, form));
    node.items().unwrap_or_default().iter().for_each(|item| collect(item, found, form));
}
