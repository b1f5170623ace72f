//! Any text through the KQL front end: no panic, and every place is in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sentinel_gen::kql::{Dialect, Globals, examine};

fuzz_target!(|text: &str| {
    let globals = Globals::default().with_catalogue();
    for dialect in [Dialect::Analytics, Dialect::Transform] {
        for finding in examine(text, &globals, dialect).0.findings {
            assert!(text.get(finding.range.start as usize..finding.range.end as usize).is_some());
        }
    }
});
