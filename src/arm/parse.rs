//! ARM expressions from text.
