"""Reports on audits: what they say, in two parts, one of which can be published."""
