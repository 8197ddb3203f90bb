"""The code blocks of the corpus. `{f}` is the name of a function, `{T}` that of a type, `{n}` and `{m}` are numbers."""

RUST = ["""use std::collections::HashMap;
use std::time::Duration;

/// Retries `{f}` with a bounded exponential backoff.
pub fn {f}<T, E>(mut attempts: u32, mut op: impl FnMut() -> Result<T, E>) -> Result<T, E> {{
    let mut delay = Duration::from_millis({n});
    loop {{
        match op() {{
            Ok(value) => return Ok(value),
            Err(err) if attempts == 0 => return Err(err),
            Err(_) => {{
                std::thread::sleep(delay);
                delay = (delay * 2).min(Duration::from_secs({m}));
                attempts -= 1;
            }}
        }}
    }}
}}

#[derive(Debug, Default, Clone)]
pub struct {T} {{
    pub counts: HashMap<String, u64>,
    pub region: Option<&'static str>,
}}
""", """#[derive(Debug, thiserror::Error)]
pub enum {T}Error {{
    #[error("quota of {n} exceeded for {{tenant}}")]
    Quota {{ tenant: String }},
    #[error(transparent)]
    Io(#[from] std::io::Error),
}}

impl {T} {{
    pub async fn {f}(&self, tenant: &str) -> Result<usize, {T}Error> {{
        let used = self.usage.get(tenant).copied().unwrap_or(0);
        if used > {n} {{
            return Err({T}Error::Quota {{ tenant: tenant.to_owned() }});
        }}
        // Keep a margin of {m} so that one noisy client cannot starve the rest.
        let free = ({n} - used).saturating_sub({m});
        tracing::info!(tenant, free, "{f}");
        Ok(free)
    }}
}}
"""]
YAML = ["""apiVersion: apps/v1
kind: Deployment
metadata:
  name: {f}
  labels:
    app.kubernetes.io/name: {f}
    team: platform
spec:
  replicas: {m}
  strategy:
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  template:
    spec:
      containers:
        - name: {f}
          image: "registry.example.org/{f}:1.{n}"
          args: ["--listen", "0.0.0.0:80{m}", "--drain-timeout=30s"]
          resources:
            requests: {{ cpu: 500m, memory: {n}Mi }}
          readinessProbe:
            httpGet: {{ path: /healthz, port: http }}
""", """# Alert on a fast burn of the error budget
groups:
  - name: {f}
    interval: {m}s
    rules:
      - alert: {T}FastBurn
        expr: |
          sum(rate({f}_errors_total[5m])) / sum(rate({f}_requests_total[5m])) > 0.0{m}
        for: {m}m
        labels: {{severity: page, owner: platform}}
        annotations:
          summary: "{T} is burning its budget"
          runbook: https://playbook.example.org/guides/
"""]
PYTHON = ["""from __future__ import annotations
import dataclasses, logging

log = logging.getLogger(__name__)

@dataclasses.dataclass(frozen=True)
class {T}:
    name: str
    limit: int = {n}
    tags: tuple[str, ...] = ()

    def {f}(self, rows: list[dict]) -> dict[str, float]:
        \"\"\"Aggregate cost per owner, skipping rows without one.\"\"\"
        totals: dict[str, float] = {{}}
        for row in rows:
            owner = row.get("owner")
            if not owner or row["cost"] < {m} / 100:
                continue
            totals[owner] = totals.get(owner, 0.0) + row["cost"] * 1.{m}
        log.info("%s: %d owners, limit %d", self.name, len(totals), self.limit)
        return dict(sorted(totals.items(), key=lambda kv: -kv[1]))
""", """import asyncio

async def {f}(hosts: list[str], limit: int = {m}) -> list[tuple[str, bool]]:
    sem = asyncio.Semaphore(limit)

    async def probe(host: str) -> tuple[str, bool]:
        async with sem:
            try:
                reader, writer = await asyncio.wait_for(asyncio.open_connection(host, 80{m}), 2.5)
            except (OSError, asyncio.TimeoutError) as exc:
                print(f"{{host}}: {{exc!r}}")
                return host, False
            writer.close()
            return host, True

    return await asyncio.gather(*(probe(h) for h in hosts))

if __name__ == "__main__":
    print(asyncio.run({f}(["db-{n}.example.org"])))
"""]
BASH = ["""#!/usr/bin/env bash
set -euo pipefail

CLUSTER="${{1:?usage: {f} CLUSTER}}"
for node in $(kubectl --context "$CLUSTER" get nodes -o name | head -n {m}); do
  if ! kubectl drain "$node" --ignore-daemonsets --timeout={n}s; then
    echo "drain failed on $node" >&2
    kubectl uncordon "$node"
    exit 1
  fi
  ssh "${{node#node/}}" 'sudo systemctl restart kubelet && uptime'
  kubectl uncordon "$node"
done
echo "done: $(date -u +%FT%TZ)"
""", """# Restore {f} from the last snapshot
export PGHOST=db-{n}.example.org PGUSER=restore
SNAP=$(ls -1t /backups/{f}/*.dump | head -1)
createdb "{f}_restore" || true
pg_restore --jobs={m} --dbname="{f}_restore" "$SNAP" 2>&1 | tee restore.log
psql -d "{f}_restore" -c 'SELECT count(*) FROM pg_stat_user_tables;' | awk 'NR==3 {{ print "tables:", $1 }}'
grep -c ERROR restore.log && exit 1
"""]
GO = ["""package {f}

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// {T} drains work with at most n goroutines.
type {T} struct {{
	mu   sync.Mutex
	seen map[string]int
}}

func (d *{T}) Run(ctx context.Context, jobs <-chan string) error {{
	ctx, cancel := context.WithTimeout(ctx, {n}*time.Second)
	defer cancel()
	for {{
		select {{
		case <-ctx.Done():
			return fmt.Errorf("{f}: %w", ctx.Err())
		case j, ok := <-jobs:
			if !ok {{
				return nil
			}}
			d.mu.Lock()
			d.seen[j] += {m}
			d.mu.Unlock()
		}}
	}}
}}
""", """func {T}Handler(limit int) http.Handler {{
	bucket := make(chan struct{{}}, limit)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {{
		select {{
		case bucket <- struct{{}}{{}}:
			defer func() {{ <-bucket }}()
		default:
			http.Error(w, "over quota", http.StatusTooManyRequests)
			return
		}}
		w.Header().Set("X-Budget", strconv.Itoa({n}))
		if _, err := io.WriteString(w, `{{"ok": true}}`); err != nil {{
			log.Printf("{f}: %v", err) // client went away after {m}s
		}}
	}})
}}
"""]
# The languages with the blocks of each.
LANGUAGES = [("rust", RUST), ("yaml", YAML), ("python", PYTHON), ("bash", BASH), ("go", GO)]
