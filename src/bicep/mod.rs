//! Bicep: a small tree and its printer. A leaf: knows no spec, no YAML, no Sentinel.
