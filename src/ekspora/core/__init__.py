"""What every room stands on: people, agencies, links, audit trail, outbox, jobs, files, clock, registries."""
