//! What an analysis does, counted in steps: growth is shown by counting, never by a clock.
//!
//! Only the crate's own tests count; in the program every call here is empty. A step is a token or node looked at, a byte read,
//! a column, name or candidate compared.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Adds `count` steps.
#[inline(always)]
pub fn steps(count: usize) {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + u64::try_from(count).unwrap_or(u64::MAX)));
    #[cfg(not(test))]
    let _ = count;
}

#[cfg(test)]
mod tests {
    use super::STEPS;
    use crate::kql::syntax::statements::parse;
    use crate::kql::syntax::tree::Tree;
    use crate::kql::{Dialect, Globals, Type, examine, trace};
    use proptest::prelude::*;

    fn globals() -> Globals {
        let mut globals = Globals::default();
        globals.add_table(
            "T",
            [("a", Type::String), ("b", Type::Long), ("d", Type::DYNAMIC), ("t", Type::DateTime)],
            false,
        );
        globals.add_table("U", [("a", Type::String), ("c", Type::Long)], false);
        globals
    }

    fn steps_of(text: &str) -> u64 {
        STEPS.set(0);
        examine(text, &globals(), Dialect::Transform);
        trace(text, &globals(), Dialect::Transform);
        STEPS.get()
    }

    /// `piece` again and again, up to about `length` bytes.
    fn repeated(piece: &str, length: usize) -> String {
        format!("T | where a == 'x' {}", piece.repeat(length / piece.len().max(1)))
    }

    #[test]
    fn eight_times_the_text_is_about_eight_times_the_work() {
        let pieces = [
            "T | where a == 'x' or b == 1 ",
            "| extend y = 1 ",
            "| extend a = a | join (T) on a ",
            "+ 1 ",
            "| where zz == 1 ",
            "project q, ",
            "a, ",
            "'x' ",
            "(((",
            "let f = () { T }; ",
            "let f = (x: long) { x }; print f(1); ",
            "union T, U, ",
            "\u{e4}\u{f6} ",
            "{[(",
            "a.b",
            "// x\n",
            "in (1, 2) ",
            "in (1, ",
            "top-nested a in a ",
            "| join (T) on a ",
            "| where t > ago(n) ",
            "| summarize count() by a | where count_ > n ",
            "union X_CL, ",
            "\"",
            "|",
            ";",
            "#",
        ];
        for piece in pieces {
            let (small, large) = (steps_of(&repeated(piece, 125_000)), steps_of(&repeated(piece, 1_000_000)));
            println!("{piece:?}: {small} steps for 125 kB, {large} for 1 MB");
            // Linear is 8, quadratic 64.
            assert!(large < small * 12, "{piece:?}: {small} steps for 125 kB, {large} for 1 MB");
            assert!(large < 1_000_000_000, "{piece:?}: {large} steps for 1 MB");
        }
    }

    /// A node takes at least a byte of text, so memory is bounded by the text's length.
    #[test]
    fn a_text_has_no_more_nodes_than_bytes_and_a_few() {
        for piece in ["a,", "| a", "1+", "(", "f(", "a.", "let", "=", "||", "x=,"] {
            let text = repeated(piece, 20_000);
            let (globals, mut tree, mut findings) = (globals(), Tree::default(), Vec::new());
            let mut names = crate::kql::names::Names::new(&globals.names, 16);
            parse(&text, &mut tree, &mut names, &mut findings);
            assert!(tree.len() <= 2 * text.len() + 16, "{piece:?}: {} nodes for {} bytes", tree.len(), text.len());
        }
    }

    fn soup() -> impl Strategy<Value = String> {
        let words = "T U where extend project summarize by join kind=inner on a b d | ( ) [ ] { } , ; = == =~ in !in~ 'x' \" 1 1h \
            let f => count() arg_max(b,*) mv-expand mv-apply parse with * union isfuzzy=true - + . .. : evaluate \
            bag_unpack(d) datatable (a:long) dynamic([1,{\"k\":2}]) between print range from step search find make-series \
            default=0 invoke scan partition fork facet render materialize( toscalar( top-nested of as // $left.a @ ``` \\";
        let words: Vec<&'static str> = words.split(' ').filter(|word| !word.is_empty()).collect();
        prop::collection::vec(prop::sample::select(words), 1..12).prop_map(|words| words.join(" ") + " ")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        // Below some 100 kB what is cut off after a number of findings still shows: the work grows faster there than it goes on.
        #[test]
        fn any_words_again_and_again_are_linear_work(piece in soup()) {
            let (small, large) = (steps_of(&repeated(&piece, 120_000)), steps_of(&repeated(&piece, 960_000)));
            prop_assert!(large < small * 12, "{piece:?}: {small} steps for 120 kB, {large} for 960 kB");
        }
    }
}
