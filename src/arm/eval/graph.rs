//! What a template's resources wait for: `dependsOn` resolved, circles and doubles found.

use super::expand::Made;
use super::fault::{Fault, Hint, Kind};
use super::value::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Checks the resources of one template. `skipped`: how those may be named, in lower case, that are not deployed.
pub(super) fn check(made: &[Made], skipped: &[String], faults: &mut Vec<Fault>) {
    doubles(made, faults);
    let edges = edges(made, skipped, faults);
    if let Some(at) = circle(&edges).and_then(|at| made.get(at)) {
        let message =
            format!("the {} `{}` waits for itself: its `dependsOn` goes in a circle", at.resource.ty, at.resource.name);
        faults.push(Fault::new(Kind::Dependency, message).at(at.dependency_origins.first().copied().flatten()));
    }
}

fn doubles(made: &[Made], faults: &mut Vec<Fault>) {
    let mut seen = BTreeMap::new();
    for made in made {
        let resource = &made.resource;
        if let Some(first) = seen.insert(resource.id.to_lowercase(), made.name_origin) {
            let message = format!("the {} `{}` is there already", resource.ty, resource.name);
            let fault = Fault::new(Kind::Duplicate, message).at(made.name_origin);
            faults.push(match first {
                Some(first) if made.name_origin != Some(first) => fault.hint(Hint::First(first)),
                _ => fault.help("use `copyIndex()` in the name: each round of the loop makes the same"),
            });
        }
    }
}

/// For each resource the resources that it waits for, by their places.
fn edges(made: &[Made], skipped: &[String], faults: &mut Vec<Fault>) -> Vec<Vec<usize>> {
    let skipped: BTreeSet<&str> = skipped.iter().map(String::as_str).collect();
    let (names, ids) = (names(made), ids(made));
    let endings = endings(&ids);
    let mut edges = Vec::with_capacity(made.len());
    for one in made {
        let mut waits_for = Vec::new();
        for (dependency, origin) in one.resource.depends_on.iter().zip(&one.dependency_origins) {
            // What only a deployment knows may name any of them.
            let Value::Text(text) = dependency else { continue };
            let name = text.to_lowercase();
            let tail = name.rsplit("/providers/").next().unwrap_or(&name);
            match names.get(name.as_str()).or_else(|| names.get(tail)) {
                Some(found) => waits_for.extend(found),
                None if skipped.contains(name.as_str()) || skipped.contains(tail) => {}
                None => match endings.get(name.trim_start_matches('/')) {
                    Some(found) => waits_for.extend(found),
                    None => {
                        let message = format!("`dependsOn` names `{text}`, but the template has no such resource");
                        let help = "name a resource of this template, or leave it out";
                        faults.push(Fault::new(Kind::Dependency, message).help(help).at(*origin));
                    }
                },
            }
        }
        waits_for.sort_unstable();
        waits_for.dedup();
        edges.push(waits_for);
    }
    edges
}

/// How a resource may be named: symbol, loop, name, type with name, id.
fn names(made: &[Made]) -> BTreeMap<String, Vec<usize>> {
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, one) in made.iter().enumerate() {
        let resource = &one.resource;
        let mut aliases: Vec<String> = one.symbol.iter().chain(&one.copy).map(|name| name.to_lowercase()).collect();
        aliases.extend([resource.name.to_lowercase(), format!("{}/{}", resource.ty, resource.name).to_lowercase()]);
        aliases.extend([resource.id.to_lowercase(), super::ids::tail(&resource.ty, &resource.name)]);
        aliases.sort_unstable();
        aliases.dedup();
        for alias in aliases {
            names.entry(alias).or_default().push(at);
        }
    }
    names
}

fn ids(made: &[Made]) -> Vec<String> {
    made.iter().map(|one| one.resource.id.to_lowercase()).collect()
}

/// The resources by what their ids end with, from any of their segments on.
fn endings(ids: &[String]) -> BTreeMap<&str, Vec<usize>> {
    let mut endings: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, id) in ids.iter().enumerate() {
        for (slash, _) in id.match_indices('/') {
            endings.entry(id.get(slash + 1..).unwrap_or_default()).or_default().push(at);
        }
    }
    endings
}

/// A resource that waits for itself, if there is one.
fn circle(edges: &[Vec<usize>]) -> Option<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; edges.len()];
    for start in 0..edges.len() {
        // Each entry: a resource, and how many of its edges are done. No recursion: a chain may be as long as a template.
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.pop() {
            if next == 0 && marks[node] != Mark::New {
                continue;
            }
            marks[node] = Mark::Open;
            match edges[node].get(next) {
                Some(&target) => {
                    path.push((node, next + 1));
                    match marks[target] {
                        Mark::Open => return Some(target),
                        Mark::New => path.push((target, 0)),
                        Mark::Done => {}
                    }
                }
                None => marks[node] = Mark::Done,
            }
        }
    }
    None
}
