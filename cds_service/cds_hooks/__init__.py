"""The CDS Hooks wire, version 2.0.1: what is received and what is answered."""
