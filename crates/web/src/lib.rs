//! The HTTP surface: the route table, extractors, security headers, thin handlers
