"""What operators see of the service: records, reports."""
