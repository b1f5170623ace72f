//! Files beside the package: sample data and custom detections. Nothing of them stands in the package's template: Microsoft's
//! packager takes custom detections only when it is told to.

use super::{Package, layout, yaml};
use crate::arm::Node;
use crate::backend::lower::lower_object;
use crate::backend::{Artifact, Bundle};
use crate::source::Origin;

pub fn emit(package: &Package, folder: &str, bundle: &mut Bundle) {
    for sample in &package.solution.sample_data {
        let origin = Origin::written(sample.source.span);
        bundle.text(layout::sample_file(sample), sample.source.value.clone(), origin);
    }
    for detection in &package.solution.custom_detections {
        let origin = Origin::derived(detection.id.span, "package: file of a content item");
        // The file holds values alone, no expressions.
        let tree = lower_object(&detection.body, &mut |_| crate::arm::Value::Null);
        let bytes = yaml::print(&tree).into_bytes();
        let artifact = Artifact { bytes, tree: Some(Node::from(tree).at(origin)), passes: 0, origin };
        bundle.files.insert(format!("{folder}/{}", layout::detection_file(detection)), artifact);
    }
}
