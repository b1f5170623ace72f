//! Requests that follow another one: for each event of the first, a call with values out of it. Observed in published
//! connectors, not documented.

use super::rest_api_poller::{Auth, Paging, Request, Response};
use crate::model::decode::decode_struct;
use crate::model::{Hole, Map, Prose, Unchecked};
use crate::source::Spanned;

type Text = Spanned<String>;

decode_struct! {
    /// What a connection says of the requests that follow its own.
    pub struct Nesting {
        /// Calls that follow each event. Observed, not documented.
        "stepInfo" info: Option<StepInfo>,
        /// The steps by their ids.
        "stepCollectorConfigs" steps: Steps,
        /// Whether events are joined with those of their steps; default: false, and only the steps' events arrive.
        "shouldJoinNestedData" should_join: Option<Spanned<bool>>,
        /// The member of a joined event that holds the first one.
        "joinedDataStepName" joined_name: Option<Text>,
        /// Transformers of the service's own.
        "extra" extra: Option<Extra>,
    } beside {}
}

decode_struct! {
    /// The calls that follow each event. Observed in published connectors, not documented.
    pub struct StepInfo {
        /// Nested (default), the one value in published connectors.
        "stepType" step_type: Option<Text>,
        /// The steps, in order.
        "nextSteps" next_steps: Vec<NextStep>,
    }
}

decode_struct! {
    /// One following step.
    pub struct NextStep {
        /// A key of stepCollectorConfigs.
        "stepId" step_id: Text,
        /// KQL over `source`, one row an event with its JSON in the text column `data`. Each row of the result is one call;
        /// its columns stand for $column$ in the step's texts. `source` alone keeps those of the step before.
        "stepPlaceholdersParsingKql" placeholders: Prose,
    }
}

decode_struct! {
    /// A step's own request; what it does not say is the poller's.
    pub struct Step {
        /// Default: the poller's.
        "auth" auth: Option<Hole<Auth>>,
        /// What is asked; $column$ is put in from the event.
        "request" request: Hole<Request>,
        /// Where the events are in the answer.
        "response" response: Option<Hole<Response>>,
        /// How the next page is asked; default: one page.
        "paging" paging: Option<Hole<Paging>>,
        /// Whether the events of this step are joined with those of the next ones; default: false.
        "shouldJoinNestedData" should_join: Option<Spanned<bool>>,
        /// The member of a joined event that holds this step's.
        "joinedDataStepName" joined_name: Option<Text>,
        /// Steps after this one.
        "stepInfo" info: Option<StepInfo>,
        /// Members of the step that this language lacks.
        "unchecked" unchecked: Unchecked,
    }
}

decode_struct! {
    /// Transformers that the service itself has. Observed in published connectors, not documented.
    pub struct Extra {
        /// Over each answer.
        "transformName" transform_name: Option<Text>,
        /// Over joined events, as /ASI/Microsoft/MvExpandTransformer, which makes one event of each element of a list.
        "nestedTransformName" nested_transform_name: Option<Text>,
    }
}

/// Steps by their ids.
pub type Steps = Map<Step>;
