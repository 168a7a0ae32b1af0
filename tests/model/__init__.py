"""Random schedules of several replicas and a hub that fails them: whatever happens, all come to the same."""
