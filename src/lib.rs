//! `sentinel-gen`: one declarative YAML spec in; a deployment bundle, a Microsoft Sentinel solution package and a
//! content-hub manifest out. Everything after [`source::World`] is a pure function of its arguments: no clock, no
//! environment, no network, no randomness.
//!
//! The way of the data, one module a step:
//! [`source`] text and places · [`syntax`] YAML into nodes · [`model`] nodes into a typed spec · [`sema`] names, defaults
//! and ids into a [`ir::Solution`] · [`ir::graph`] the resources, once · [`backend`] artifacts · [`schema`] our own output
//! checked · [`driver`] files. [`arm`] and [`bicep`] are leaves that know nothing of specs.

pub mod arm;
pub mod backend;
pub mod bicep;
pub mod cli;
pub mod diag;
pub mod diff;
pub mod driver;
pub mod ir;
pub mod json;
pub mod kql;
pub mod model;
pub mod pipeline;
pub mod proof;
pub mod query;
pub mod schema;
pub mod sema;
pub mod source;
pub mod syntax;
