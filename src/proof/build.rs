//! What a build emits, proven: its templates are evaluated in both passes with made-up values, the deploy bundle and the
//! connected package make the same things of them ([`same`]), and no secret comes out where it can be read ([`taint`]).
//!
//! A fault is the author's where it has a place in the spec, and sentinel-gen's own where it has none.

use super::package::{self, Content, given};
use super::{finding, playbook, same, taint};
use crate::arm::eval::budget::Budget;
use crate::arm::eval::fault::{Fault, Kind};
use crate::arm::eval::tree::{Form, Member, Members, Tree};
use crate::arm::eval::value::{Object, Value};
use crate::arm::eval::{Environment, Expansion, Place, Resource, Type, expand};
use crate::backend::Bundle;
use crate::diag::rules::internal;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::ir::{self, InputKind, Playbook, Solution};
use crate::source::{FileId, Span};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The spec is the first file that a compilation reads.
pub(super) const SPEC: Span = Span { file: FileId(0), start: 0, end: 0 };

const WORKSPACE: &str = "contoso-ws";
const LOCATION: &str = "westeurope";
/// The bundle's parameter for the workspace.
const WORKSPACE_PARAMETER: &str = "workspaceName";

/// A build that nothing was deployed from yet, in a place that is nowhere.
pub(super) const PLACE: Place<'_> = Place {
    subscription: "00000000-0000-0000-0000-0000000000a1",
    tenant: "00000000-0000-0000-0000-0000000000b2",
    resource_group: "contoso-rg",
    location: LOCATION,
    deployment: "main",
};

/// Evaluates the templates of a bundle, as far as it has them. Of the solution only what they cannot say: which resources
/// the author wrote out or a package has no place for, so that one side alone may have them, and which inputs the portal
/// gives in another form.
pub fn check(bundle: &Bundle, solution: &Solution, diagnostics: &mut Diagnostics) {
    let tree = |name: &str| {
        let artifact = bundle.files.iter().find(|(path, _)| path.ends_with(name)).map(|(_, artifact)| artifact);
        artifact.and_then(|artifact| artifact.tree.as_ref()).map(Tree::of_template)
    };
    let (deploy, package) = (tree("deploy/azuredeploy.json"), tree("/mainTemplate.json"));
    let mut proof = Proof {
        inputs: inputs(deploy.as_ref(), package.as_ref(), solution),
        env: Environment::new(&PLACE),
        deploy: deploy.as_ref(),
        package: package.as_ref(),
        own: solution.raw_resources.iter().map(|resource| resource.body.origin.span).collect(),
        unpackaged: solution.unpackaged_tables().map(|table| table.name.span).collect(),
        application: solution.inputs.iter().filter_map(application).collect(),
        faults: Vec::new(),
        diagnostics,
    };
    proof.run(&solution.playbooks);
}

/// The member of the portal's `auth` that an input is.
fn application(input: &ir::Input) -> Option<(&'static str, &str)> {
    match input.kind {
        InputKind::Application(member) => Some((member, &input.name.value)),
        _ => None,
    }
}

/// What a person gives when the solution is connected: a parameter of the bundle, a box of the page, or both.
pub(super) struct Input<'t> {
    name: &'t str,
    declared: &'t Tree,
    secret: bool,
    /// The page offers a list to choose from, and hands over what was chosen as an array.
    chosen: bool,
    /// The page lets it be empty.
    optional: bool,
}

/// In which way the inputs are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filling {
    Full,
    OtherSecrets,
    OptionalEmpty,
}

/// The parameters that get a value: those of the bundle without a default, and the boxes of the page.
fn inputs<'t>(deploy: Option<&'t Tree>, package: Option<&'t Tree>, solution: &'t Solution) -> Vec<Input<'t>> {
    let mut plain = package.map(package::plain_inputs).unwrap_or_default();
    // Packages type every box as a secret, and some pages have boxes of the portal's own.
    let known = solution.inputs.iter().filter(|input| !input.is_secret());
    plain.extend(known.map(|input| input.name.value.as_str()));
    let boxes: Vec<&Member> = package
        .into_iter()
        .flat_map(package::written)
        .filter(|written| written.connects)
        .flat_map(|written| parameters(Some(written.template)))
        .filter(|member| !package::is_bound(&member.name))
        .collect();
    let mut found: Vec<Input<'t>> = Vec::new();
    for member in parameters(deploy) {
        let on_page = boxes.iter().find(|found| found.name.eq_ignore_ascii_case(&member.name));
        if on_page.is_some() || member.tree.get("defaultValue").is_none() {
            let optional = on_page.is_some_and(|found| is_empty(found.tree.get("defaultValue")));
            let chosen = on_page.is_some_and(|found| type_of(&found.tree) == Some(Type::Array));
            let secret = is_secure(&member.tree);
            found.push(Input { name: &member.name, declared: &member.tree, secret, chosen, optional });
        }
    }
    for member in boxes {
        if !found.iter().any(|input| input.name.eq_ignore_ascii_case(&member.name)) {
            let secret = is_secure(&member.tree) && !plain.contains(&*member.name);
            let optional = is_empty(member.tree.get("defaultValue"));
            let chosen = type_of(&member.tree) == Some(Type::Array);
            found.push(Input { name: &member.name, declared: &member.tree, secret, chosen, optional });
        }
    }
    found
}

fn parameters(template: Option<&Tree>) -> impl Iterator<Item = &Member> {
    let members = template.and_then(|template| template.get("parameters")).and_then(Tree::members);
    members.into_iter().flat_map(Members::iter)
}

fn type_of(declared: &Tree) -> Option<Type> {
    declared.get("type").and_then(Tree::text).and_then(Type::parse)
}

fn is_secure(declared: &Tree) -> bool {
    type_of(declared).is_some_and(Type::is_secure)
}

fn is_empty(default: Option<&Tree>) -> bool {
    default.and_then(Tree::text).is_some_and(str::is_empty)
}

impl<'t> Input<'t> {
    /// A parameter of a carried template, which no page asks for.
    pub(super) fn of_parameter(name: &'t str, declared: &'t Tree) -> Self {
        Input { name, declared, secret: false, chosen: false, optional: false }
    }

    /// A value that the parameter takes.
    pub(super) fn made_up(&self, at: usize) -> Value {
        self.value(at, Filling::Full)
    }

    /// A value that the parameter takes. Texts are numbers: an expression that reads one as such is no mistake.
    fn value(&self, at: usize, filling: Filling) -> Value {
        let int = |name: &str| match self.declared.get(name).map(|tree| &tree.form) {
            Some(Form::Int(n)) => Some(*n),
            _ => None,
        };
        if let Some([first, ..]) = self.declared.get("allowedValues").and_then(Tree::items) {
            return first.data();
        }
        match type_of(self.declared) {
            Some(Type::Int) => Value::Int(int("minValue").unwrap_or(1)),
            Some(Type::Bool) => Value::Bool(true),
            Some(Type::Array) if !self.chosen => Value::array(Vec::new()),
            Some(Type::Object | Type::SecureObject) => Value::object(Object::default()),
            Some(Type::Text | Type::SecureText | Type::Array) | None => {
                if filling == Filling::OptionalEmpty && self.optional {
                    return Value::text("");
                }
                if self.name.eq_ignore_ascii_case(WORKSPACE_PARAMETER) {
                    return Value::text(WORKSPACE);
                }
                let first = if self.secret && filling == Filling::OtherSecrets { 8 } else { 9 };
                let length = |bound: Option<i64>| bound.and_then(|bound| usize::try_from(bound).ok());
                let least = length(int("minLength")).unwrap_or(0).max(6);
                let most = length(int("maxLength")).unwrap_or(usize::MAX);
                let text = format!("{first}{:0>width$}", at + 1, width = least.min(most).saturating_sub(1));
                Value::text(text.chars().take(most).collect::<String>())
            }
        }
    }
}

struct Proof<'t, 'd> {
    inputs: Vec<Input<'t>>,
    env: Environment,
    deploy: Option<&'t Tree>,
    package: Option<&'t Tree>,
    /// Where resources stand that the author wrote out.
    own: BTreeSet<Span>,
    /// Where tables stand that a package has no place for.
    unpackaged: BTreeSet<Span>,
    /// Members of the portal's `auth`, and the inputs that say the same.
    application: Vec<(&'static str, &'t str)>,
    /// Those that have been said.
    faults: Vec<Fault>,
    diagnostics: &'d mut Diagnostics,
}

/// What one filling of the inputs makes. `None`: it cannot be evaluated, or there is no such template.
struct Made {
    deployed: Option<Expansion>,
    /// Of each template that makes connections.
    connected: Option<Vec<Vec<Resource>>>,
}

impl Proof<'_, '_> {
    fn run(&mut self, playbooks: &[Playbook]) {
        let contents = self.install();
        playbook::compare(playbooks, contents.as_deref().unwrap_or_default(), &self.env, self.diagnostics);
        let [connections, others] = split(contents.as_deref().unwrap_or_default(), playbooks);
        let full = self.on_page(Filling::Full);
        let rest = contents.as_ref().and_then(|_| self.activate(&others, &full));
        let made = |proof: &mut Self, filling| {
            let on_page = proof.on_page(filling);
            let connected = contents.as_ref().and_then(|_| proof.activate(&connections, &on_page));
            let values = proof.values(filling);
            Made { deployed: proof.deployed(&values), connected }
        };
        let full = made(self, Filling::Full);
        let empty = self.inputs.iter().any(|input| input.optional).then(|| made(self, Filling::OptionalEmpty));
        for made in std::iter::once(&full).chain(&empty) {
            if let (Some(deployed), Some(connected), Some(rest)) = (&made.deployed, &made.connected, &rest) {
                self.compare(&deployed.resources, connected.iter().chain(rest).flatten());
            }
        }
        if self.inputs.iter().any(|input| input.secret) {
            let other = made(self, Filling::OtherSecrets);
            self.leaks(&full, &other, &connections);
        }
    }

    /// The inputs as a parameters file has them.
    fn values(&self, filling: Filling) -> Object {
        let value = |(at, input): (usize, &Input<'_>)| (Rc::from(input.name), given(input.value(at, filling)));
        self.inputs.iter().enumerate().map(value).collect()
    }

    /// The same as the connector page hands them over.
    fn on_page(&self, filling: Filling) -> Object {
        let value = |(at, input): (usize, &Input<'_>)| {
            let value = input.value(at, filling);
            (Rc::from(input.name), given(if input.chosen { Value::array(vec![value]) } else { value }))
        };
        let mut values: Object = self.inputs.iter().enumerate().map(value).collect();
        let member = |(member, name): &(&'static str, &str)| {
            let at = self.inputs.iter().position(|input| input.name == *name)?;
            Some((Rc::from(*member), self.inputs.get(at)?.value(at, filling)))
        };
        let auth: Object = self.application.iter().filter_map(member).collect();
        if !auth.is_empty() {
            values.set(package::APPLICATION, given(Value::object(auth)));
        }
        values
    }

    fn install(&mut self) -> Option<Vec<Content>> {
        let package = self.package?;
        let values = [("workspace", WORKSPACE), ("workspace-location", LOCATION), ("location", LOCATION)];
        let values: Object = values.into_iter().map(|(name, text)| (name.into(), given(text.into()))).collect();
        let env = self.env.clone();
        self.said(&values, |values| package::install(package, values, &env, &mut Budget::default()))
    }

    /// The second pass of some content templates: the resources of each.
    fn activate(&mut self, contents: &[&Content], values: &Object) -> Option<Vec<Vec<Resource>>> {
        let mut values = values.clone();
        for (name, value) in package::portal_values().iter() {
            values.set(name.clone(), value.clone());
        }
        let mut resources = Some(Vec::new());
        for content in contents {
            let env = self.env.clone();
            let activated = self.said(&values, |values| content.activate(values, &env, &mut Budget::default()));
            match (activated, &mut resources) {
                (Some(activated), Some(resources)) => resources.push(activated.resources),
                (None, _) => resources = None,
                (_, None) => {}
            }
        }
        resources
    }

    fn deployed(&mut self, values: &Object) -> Option<Expansion> {
        let deploy = self.deploy?;
        let declared = |name: &str| parameters(Some(deploy)).any(|member| member.name.eq_ignore_ascii_case(name));
        let own: Object =
            values.iter().filter(|(name, _)| declared(name)).map(|(n, v)| (n.clone(), v.clone())).collect();
        let env = self.env.clone();
        self.said(&own, |values| expand(deploy, Some(values), &env, &mut Budget::default()))
    }

    /// Evaluates, and says each fault once, however often the template is evaluated.
    fn said<T>(&mut self, values: &Object, evaluate: impl Fn(&Object) -> Result<T, Vec<Fault>>) -> Option<T> {
        let faults = match evaluate(values) {
            Ok(value) => return Some(value),
            Err(faults) => faults,
        };
        let certain = evaluate(&self.unknown(values)).err().unwrap_or_default();
        for fault in faults {
            if self.faults.contains(&fault) {
                continue;
            }
            let mut finding = finding(&fault, SPEC);
            let hangs_on_inputs = self.is_own(&fault) && !certain.contains(&fault);
            if fault.origin.is_none() {
                let message =
                    format!("{}, in a template that was emitted; this is a mistake of sentinel-gen", fault.message);
                finding = Diagnostic::new(&internal::UNEXPLAINED_OUTPUT, SPEC, message);
            } else if fault.kind == Kind::Unknown || hangs_on_inputs {
                // The platform, or whoever fills in the page, may well know better: only the proof ends here.
                finding.severity = Severity::Notice;
                if hangs_on_inputs {
                    finding = finding.help("check that it holds for what is filled in; here it was a made-up number");
                }
            }
            self.diagnostics.push(finding);
            self.faults.push(fault);
        }
        None
    }

    /// The same values, with what somebody fills in left open.
    fn unknown(&self, values: &Object) -> Object {
        let is_input = |name: &str| {
            !name.eq_ignore_ascii_case(WORKSPACE_PARAMETER)
                && self.inputs.iter().any(|input| input.name.eq_ignore_ascii_case(name))
        };
        let open = |name: &str| {
            let mut object = Object::with_capacity(1);
            object.push("reference", Value::text(name));
            Value::object(object)
        };
        values.iter().map(|(n, value)| (n.clone(), if is_input(n) { open(n) } else { value.clone() })).collect()
    }

    /// Whether a fault stands in a resource that the author wrote out.
    fn is_own(&self, fault: &Fault) -> bool {
        let within = |outer: &Span, inner: Span| {
            outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
        };
        fault.origin.is_some_and(|origin| self.own.iter().any(|own| within(own, origin.span)))
    }

    fn compare<'a>(&mut self, deployed: &'a [Resource], connected: impl Iterator<Item = &'a Resource>) {
        let own = |resource: &&Resource| !resource.origin.is_some_and(|origin| self.own.contains(&origin.span));
        let packaged =
            |resource: &&Resource| !resource.origin.is_some_and(|origin| self.unpackaged.contains(&origin.span));
        let differences = same::differences(deployed.iter().filter(own).filter(packaged), connected.filter(own));
        for difference in differences {
            let message = format!("{difference}; this is a mistake of sentinel-gen");
            self.diagnostics.push(Diagnostic::new(&internal::UNEQUAL_OUTPUT, SPEC, message));
        }
    }

    fn leaks(&mut self, one: &Made, two: &Made, connections: &[&Content]) {
        let mut leaks = Vec::new();
        if let (Some(deploy), Some(one), Some(two)) = (self.deploy, &one.deployed, &two.deployed) {
            leaks.extend(taint::in_template(deploy));
            leaks.extend(taint::in_resources(&one.resources, &two.resources, deploy.get("resources")));
            leaks.extend(taint::in_outputs(&one.outputs, &two.outputs));
        }
        if let (Some(one), Some(two)) = (&one.connected, &two.connected) {
            for ((one, two), content) in one.iter().zip(two).zip(connections) {
                leaks.extend(taint::in_resources(one, two, content.resources()));
            }
        }
        for leak in leaks {
            self.diagnostics.push(leak.finding(SPEC));
        }
    }
}

/// The content templates that make connections, and the others; not those of playbooks, which the bundle only carries.
fn split<'c>(contents: &'c [Content], playbooks: &[Playbook]) -> [Vec<&'c Content>; 2] {
    let carried = |content: &&Content| playbooks.iter().any(|playbook| content.is(playbook));
    let (connections, others) =
        contents.iter().filter(|content| !carried(content)).partition(|content| content.connects());
    [connections, others]
}
