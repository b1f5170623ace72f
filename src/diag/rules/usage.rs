//! Rules of this family.
super::rules! {}
pub fn for_file(_e: &crate::source::FileError) -> &'static crate::diag::Rule {
    &super::shape::WRONG_TYPE
}
