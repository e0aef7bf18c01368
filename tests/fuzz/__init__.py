"""Targets for a fuzzer that is led by coverage: `make fuzz`."""
