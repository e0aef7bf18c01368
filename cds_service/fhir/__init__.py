"""The chart: what is asked of the FHIR server, what came back, what can be read."""
