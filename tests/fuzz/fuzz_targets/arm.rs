//! Any text through the reader and the evaluator of templates: no panic, no endless work, and every place is in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sentinel_gen::arm::eval::budget::Budget;
use sentinel_gen::arm::eval::{Environment, Place, expand};
use sentinel_gen::arm::read;
use sentinel_gen::source::{FileId, Span};

const PLACE: Place<'static> =
    Place { subscription: "s", tenant: "t", resource_group: "rg", location: "westeurope", deployment: "main" };

fn is_in(text: &str, span: Span) -> bool {
    text.get(span.start as usize..span.end as usize).is_some()
}

fuzz_target!(|text: &str| {
    match read::template(text, FileId(0)) {
        Ok(read) => {
            for fault in expand(&read.tree, None, &Environment::new(&PLACE), &mut Budget::default()).err().unwrap_or_default() {
                assert!(fault.origin.is_none_or(|origin| is_in(text, origin.span)));
            }
        }
        Err(error) => assert!(is_in(text, error.span)),
    }
});
