//! Files: the disk as a world, finding specs, writing output, golden folders. The only module that touches the disk.

pub mod folder;
pub mod golden;
pub mod output;
