"""The vocabulary of the corpus: what its sentences, titles, headings and tables are put together from."""

# The terms of the taxonomy that has pages.
CATEGORIES = [
    "Technical Debt", "Migrations", "Incidents", "Capacity", "Hiring", "Strategy", "Developer Experience",
    "Observability", "Security", "Cost", "Networking", "Data Platforms",
]

# What pages are marked with besides; shown on them, without pages of their own.
TAGS = [
    "kubernetes", "terraform", "postgres", "kafka", "linux", "oncall", "slo", "runbook", "dns", "tls", "ci",
    "caching", "sharding", "backups", "autoscaling", "budget", "roadmap", "reorg", "mentoring", "onboarding",
    "postmortem", "latency", "queues", "grpc", "envoy", "vault", "deprecation", "quotas", "bare-metal",
    "multi-region", "compliance", "staffing", "metrics", "tracing", "logging", "rollback", "feature-flags",
    "load-testing", "vendor", "platform",
]

# The parts of a sentence: who does what, when.
WHO = [
    "the platform team", "your on-call rotation", "the storage group", "a new manager", "the migration lead",
    "every service owner", "the release crew", "an infrastructure organisation", "the networking team",
    "the steering group", "our largest customer", "the database team", "a staff engineer", "the capacity planner",
    "the security partner", "the developer experience team", "a small working group", "the incident commander",
]

VERB = [
    "should document", "keeps revisiting", "needs to measure", "quietly replaced", "eventually outgrew",
    "must agree on", "has to negotiate", "often underestimates", "can safely delay", "tends to duplicate",
    "finally retired", "wants to simplify", "reviews every quarter", "spends a month on", "rarely questions",
    "will want to automate", "learned to distrust", "publishes the cost of",
]

WHAT = [
    "the shared deployment pipeline", "a long list of half-finished migrations",
    "the capacity forecast for next year", "its contract with the product teams",
    "the error budget for the ingest path", "the on-call handover notes",
    "a single write path through the primary region", "the inventory of unsupported hosts",
    "every alert nobody acts on", "the naming scheme for internal services", "the cost of an idle cluster",
    "a reference architecture that people follow", "the interview loop for senior candidates",
    "the approval step before a schema change", "the quarterly planning template", "its backlog of upgrade work",
    "the rollback procedure for stateful services", "one dashboard per customer promise",
    "the boundary between tooling and support", "a paved road for batch workloads",
    "the escalation path for vendors", "the default quota for a new tenant", "the way certificates are rotated",
]

WHEN = [
    "before the first large customer arrives", "while the rest of the organisation is still growing",
    "after two quarters of steady incidents", "as soon as the budget conversation starts",
    "without asking for more headcount", "because nobody else can see the whole system",
    "even when the migration is only half done", "if the team is smaller than eight people",
    "once the old system has a named owner", "in the week after a postmortem", "since the alternative is a rewrite",
    "although the benefit arrives a year later", "when the page count doubles overnight",
    "so that product teams can plan around it", "unless a regulator says otherwise",
    "by writing down what will not be done", "with one clear metric and one clear owner",
    "at the point where toil crosses half of the week",
]

LEAD = [
    "In practice", "Most of the time", "At our scale", "For what it is worth", "During the second year",
    "On a good week", "As a rule", "To make this concrete", "Looking back", "In the worst case",
    "Between two releases", "From the outside",
]

CODEWORD = [
    "kubectl drain", "terraform plan", "max_connections", "SLO_TARGET", "retry_after", "etcd", "p99_latency_ms",
    "deploy --canary", "pg_stat_activity", "iptables -L", "replica_count", "/etc/resolv.conf", "owner: platform",
    "ingest.v2", "drain_timeout", "GOMAXPROCS",
]

# The three parts of a title.
TITLE_DOING = [
    "Running", "Planning", "Measuring", "Untangling", "Staffing", "Scaling", "Deprecating", "Negotiating",
    "Reviewing", "Automating", "Explaining", "Surviving", "Budgeting", "Rebuilding", "Sequencing", "Owning",
]

TITLE_THING = [
    "Incident Reviews", "Storage Migrations", "Capacity Forecasts", "On-call Rotations", "Platform Roadmaps",
    "Service Ownership", "Cluster Upgrades", "Vendor Contracts", "Technical Debt", "Schema Changes", "Load Tests",
    "Network Cutovers", "Access Policies", "Cost Reports", "Release Trains", "Data Pipelines", "Error Budgets",
    "Quarterly Planning", "Hiring Loops", "Reference Architectures",
]

TITLE_PLACE = [
    "in Small Teams", "under Pressure", "across Regions", "without Heroics", "for New Managers", "at Year Two",
    "with Product Partners", "during a Reorg", "from First Principles", "on Bare Metal",
]

# Headings, and those below them.
HEADINGS = [
    "Why this matters", "Where to start", "What usually goes wrong", "How to measure it", "The first ninety days",
    "Who owns the decision", "Trade-offs to name early", "A worked example", "Signals that it is working",
    "Rolling it out", "Costs and budgets", "When to stop", "Questions to ask", "Failure modes",
    "Working with partners", "What we would do again", "Handling exceptions", "Review cadence",
    "Keeping it current", "Prior art",
]

SUBHEADINGS = [
    "Inputs", "A short checklist", "Common objections", "Ownership", "An example from storage", "Before you begin",
    "After the change", "Notes for managers", "Measuring progress", "Escalation", "Edge cases", "Tooling",
]

# The heads and the cells of tables; the plain cells come first.
COLUMNS = [
    "Stage", "Owner", "Signal", "Target", "Risk", "Cadence", "Cost", "Status",
]

CELLS = [
    "weekly", "quarterly", "platform", "storage", "low", "medium", "high", "p99 under 200 ms", "two engineers",
    "in review", "blocked on budget", "done", "99.95%", "manual", "automated", "one region", "per tenant",
    "12 hosts", "no owner yet", "`replica_count`", "**required**", "optional",
]

# How many of CELLS have no markup.
PLAIN_CELLS = 17

# The names of functions and services in code blocks.
IDENTIFIERS = [
    "drain_queue", "rebalance", "plan_capacity", "rotate_certs", "ingest_batch", "shard_router", "quota_check",
    "cost_report", "failover", "snapshot_copy", "canary_gate", "host_probe",
]
