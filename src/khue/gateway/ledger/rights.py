"""What web and worker may do with the ledger's tables. Entries come in by `gateway_append`, which has its owner's
rights."""

RIGHTS = {
    "gateway_entry": {"select"},
    "gateway_subtree": {"select"},
    "gateway_checkpoint": {"select", "insert"},
}
