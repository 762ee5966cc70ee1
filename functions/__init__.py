"""The functions: thin handlers, one folder each."""
