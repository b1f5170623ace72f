//! Which parameter of a signature each argument of a call is for.
//!
//! Must not report anything: whether an argument fits its parameter is said in `arguments`.

use super::arguments::Fit;
use super::{Binder, Info};
use crate::kql::registry::{Layout, Parameter, Signature};
use crate::kql::syntax::tree::Id;
use std::borrow::Cow;

/// The parameters of a call's arguments, by the number of the argument.
pub enum Parameters<'p> {
    /// One after the other; the last one stands for what follows, up to `most` arguments.
    InOrder { parameters: &'static [Parameter], most: usize },
    /// Those from `first` on come in groups of `size` up to `end`, e.g. `key, value, key, value, …`.
    InGroups { parameters: &'static [Parameter], first: usize, size: usize, end: usize },
    /// What was found argument by argument.
    Listed(Cow<'p, [Option<&'static Parameter>]>),
}

impl Parameters<'_> {
    pub fn get(&self, at: usize) -> Option<&'static Parameter> {
        match self {
            Parameters::InOrder { parameters, most } => match parameters.get(at) {
                Some(parameter) => Some(parameter),
                None => parameters.last().filter(|_| at < *most),
            },
            Parameters::InGroups { parameters, first, size, end } => match at {
                _ if at < *first => parameters.get(at),
                _ if at < *end => parameters.get(first + (at - first) % size),
                _ => parameters.get(first + size + (at - end)),
            },
            Parameters::Listed(list) => list.get(at).copied().flatten(),
        }
    }
}

impl<'a> Binder<'a> {
    /// The parameter of each argument.
    pub fn layout(&self, signature: &'static Signature, ids: &[Id], infos: &[Info]) -> Parameters<'static> {
        let all = signature.parameters.as_slice();
        let parameters = all.get(..ids.len()).unwrap_or(all);
        match signature.layout {
            Layout::Block if signature.repeats => groups(all, ids.len()),
            Layout::Fixed | Layout::Block => Parameters::InOrder { parameters, most: parameters.len() },
            _ if signature.in_order => Parameters::InOrder { parameters, most: signature.most.min(ids.len()) },
            Layout::Repeating | Layout::Skipping | Layout::Own => self.repeating(signature, ids, infos),
        }
    }

    fn repeating(&self, signature: &'static Signature, ids: &[Id], infos: &[Info]) -> Parameters<'static> {
        let skipping = signature.layout != Layout::Repeating;
        let parameters = &signature.parameters;
        let last = parameters.len().saturating_sub(1);
        let (mut current, mut count) = (0usize, 0u16);
        let mut found: Vec<Option<&'static Parameter>> = Vec::with_capacity(ids.len());
        for (at, info) in infos.iter().enumerate() {
            let Some(parameter) = parameters.get(current).filter(|_| at < signature.most) else {
                found.push(None);
                continue;
            };
            let mut parameter = parameter;
            if current < last && count >= parameter.most {
                current += 1;
                count = 0;
                parameter = parameters.get(current).unwrap_or(parameter);
            }
            if count < parameter.least || (count == 0 && parameter.least == 0 && !skipping) {
                found.push(Some(parameter));
                count += 1;
                continue;
            }
            if current == last {
                found.push((count < parameter.most).then_some(parameter));
                count += 1;
                continue;
            }
            let so_far = Parameters::Listed(Cow::Borrowed(&found));
            let id = ids.get(at).copied();
            let here = self.fit(parameter, id, info, infos, &so_far);
            let mut next = current + 1;
            let chosen = loop {
                let candidate = parameters.get(next).unwrap_or(parameter);
                let there = self.fit(candidate, id, info, infos, &so_far);
                if here >= there && here != Fit::None {
                    break parameter;
                }
                if there != Fit::None {
                    (current, count) = (next, 0);
                    break candidate;
                }
                if candidate.least > 0 || !skipping || next >= last {
                    break parameter;
                }
                next += 1;
            };
            found.push(Some(chosen));
            count += 1;
        }
        Parameters::Listed(Cow::Owned(found))
    }
}

/// The groups that `count` arguments fill.
fn groups(parameters: &'static [Parameter], count: usize) -> Parameters<'static> {
    let first = parameters.iter().position(|parameter| parameter.most > 1).unwrap_or(0);
    let last = parameters.iter().rposition(|parameter| parameter.most > 1).unwrap_or(0);
    let size = last - first + 1;
    let least = size * parameters.get(first).map_or(1, |parameter| usize::from(parameter.least));
    let after = parameters.len() - last - 1;
    let possible = count.saturating_sub(first).saturating_sub(after);
    let end = first + possible.max(least).div_ceil(size) * size;
    Parameters::InGroups { parameters, first, size, end }
}
