"""The only way to a model. Every call carries a data class, goes where the policy lets that class go, and leaves an
entry in the ledger for each server that saw it, also when it fails.

Do not call `chat` or `embed` inside a database transaction: the row must not vanish with it (RuntimeError).
Without a model `chat` raises NoModel; every error's text is ready for the user (khue.gateway.errors).
"""

from khue.gateway.api.asking import aliases, chat, context_length, count_tokens, embed, embedded, end_calls
from khue.gateway.api.deciding import decide, policy, tighten, tightenings, undo_tightening
from khue.gateway.api.hiding import hidden, type_name
from khue.gateway.api.reading import databases
from khue.gateway.api.reading import opened as opened_database
from khue.gateway.api.recording import (
    calls,
    checkpoint,
    entries,
    entry,
    forget_texts,
    glance_at_ledger,
    latest_checkpoint,
    ledger_checkpoints,
    ledger_counts,
    ledger_hidden,
    ledger_key,
    ledger_refusals,
    prove_entry,
    prove_growth,
    signed,
    texts,
    verify_ledger,
)
from khue.gateway.api.serving import children, model_states, models, needed_models, providers
from khue.gateway.api.spending import budget_limits, budgets_set, default_budget, energy_figures, set_budget, spent
from khue.gateway.budgets import Limit, Spent
from khue.gateway.classes import DataClass
from khue.gateway.contract import (
    Caller,
    ChatStream,
    Child,
    ModelState,
    Options,
    Place,
    Priority,
    ProviderInfo,
    Rate,
    Recorded,
    Reply,
    Turn,
)
from khue.gateway.databases.file import Database
from khue.gateway.databases.reading import Column as RemoteColumn
from khue.gateway.databases.reading import DatabaseFault, RemoteTable
from khue.gateway.egress.kept import refused as refused_connections
from khue.gateway.egress.record import Refused as RefusedConnection
from khue.gateway.embedding import DIMENSIONS, Embedded
from khue.gateway.errors import ClassNotAllowed, GatewayError, NoEmbeddings, NoModel
from khue.gateway.ledger import record
from khue.gateway.ledger.checkpoints import LatestCheckpoint
from khue.gateway.ledger.content import Texts
from khue.gateway.ledger.counting import Count, Refusal
from khue.gateway.ledger.glance import Glance
from khue.gateway.ledger.proofs import NoSuchEntry
from khue.gateway.ledger.reading import Filter
from khue.gateway.ledger.totals import Group, people_total, refused_connections_total, totals
from khue.gateway.ledger.tree import LedgerDamaged
from khue.gateway.ledger.verification import Report as LedgerReport
from khue.gateway.models.budgets import Period, Whose
from khue.gateway.policy.rules import Decision, Policy, Ruling
from khue.gateway.policy.tightenings import AlreadyUndone, NoReason, NotStricter, Tightening
from khue.gateway.privacy import DetectorFailed, Finding, Inspection, inspect, scan
from khue.gateway.providers.registry import Alias
from khue.gateway.weights.pull import Pulled, Report, is_ready, pull
from khue.gateway.zones import Zone

__all__ = [
    "Alias",
    "AlreadyUndone",
    "Caller",
    "ChatStream",
    "Child",
    "ClassNotAllowed",
    "Count",
    "DIMENSIONS",
    "DataClass",
    "Database",
    "DatabaseFault",
    "Decision",
    "DetectorFailed",
    "Embedded",
    "Filter",
    "Finding",
    "GatewayError",
    "Glance",
    "Group",
    "Inspection",
    "LatestCheckpoint",
    "LedgerDamaged",
    "LedgerReport",
    "Limit",
    "ModelState",
    "NoEmbeddings",
    "NoModel",
    "NoReason",
    "NoSuchEntry",
    "NotStricter",
    "Options",
    "Period",
    "Place",
    "Policy",
    "Priority",
    "ProviderInfo",
    "Pulled",
    "Rate",
    "Recorded",
    "Refusal",
    "RefusedConnection",
    "Reply",
    "RemoteColumn",
    "RemoteTable",
    "Report",
    "Ruling",
    "Spent",
    "Texts",
    "Tightening",
    "Turn",
    "Whose",
    "Zone",
    "aliases",
    "budget_limits",
    "budgets_set",
    "calls",
    "chat",
    "checkpoint",
    "children",
    "context_length",
    "count_tokens",
    "databases",
    "decide",
    "default_budget",
    "embed",
    "embedded",
    "end_calls",
    "energy_figures",
    "entries",
    "entry",
    "forget_texts",
    "glance_at_ledger",
    "hidden",
    "inspect",
    "is_ready",
    "latest_checkpoint",
    "ledger_checkpoints",
    "ledger_counts",
    "ledger_hidden",
    "ledger_key",
    "ledger_refusals",
    "model_states",
    "models",
    "needed_models",
    "opened_database",
    "people_total",
    "policy",
    "prove_entry",
    "prove_growth",
    "providers",
    "pull",
    "record",
    "refused_connections",
    "refused_connections_total",
    "scan",
    "set_budget",
    "signed",
    "spent",
    "texts",
    "tighten",
    "tightenings",
    "totals",
    "type_name",
    "undo_tightening",
    "verify_ledger",
]
