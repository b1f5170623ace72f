//! Rules of this family.
super::rules! {}
