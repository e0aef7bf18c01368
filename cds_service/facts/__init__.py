"""What the chart says, in terms a criterion can judge."""
