"""Work queues of agents: filters, assignment, actions on many saisines."""
