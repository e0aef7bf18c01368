"""Engine of the decision support service: CDS Hooks and FHIR, and no medicine."""
