"""A stand-in of the Hugging Face Hub, as far as its client needs one to push and fetch models, in memory."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

Files = dict[str, bytes]


@dataclass
class Repository:
    """Commits by their id, branches by name; the first commit is empty."""

    commits: dict[str, Files] = field(default_factory=lambda: {"0" * 40: {}})
    branches: dict[str, str] = field(default_factory=lambda: {"main": "0" * 40})

    def commit_of(self, revision: str) -> str | None:
        found = self.branches.get(revision, revision)
        return found if found in self.commits else None

    def add(self, branch: str, files: Files) -> str:
        content = {**self.commits[self.branches[branch]], **files}
        digest = hashlib.sha1(usedforsecurity=False)
        for name, data in sorted(content.items()):
            digest.update(f"{name}\0{len(data)}\0".encode() + data)
        self.branches[branch] = digest.hexdigest()
        self.commits[digest.hexdigest()] = content
        return digest.hexdigest()


class Hub(ThreadingHTTPServer):
    """Listens on a free port of this machine."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.repositories: dict[str, Repository] = {}
        self.served: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def do_POST(self) -> None:
        body = self._body()
        parts = self._parts()
        if parts == ["api", "repos", "create"]:
            content = json.loads(body)
            name = "/".join(filter(None, (content.get("organization"), content["name"])))
            if name in self.server.repositories:
                self._json({"error": "it is there", "url": f"{self.server.address}/{name}"}, code=409)
                return
            self.server.repositories[name] = Repository()
            self._json({"url": f"{self.server.address}/{name}", "name": name, "id": name})
        elif parts == ["api", "validate-yaml"]:
            self._json({"errors": [], "warnings": []})
        elif parts[:2] == ["api", "models"]:
            self._change("/".join(parts[2:4]), parts[4], "/".join(parts[5:]), body)
        else:
            self._refuse("EntryNotFound")

    def _change(self, name: str, action: str, revision: str, body: bytes) -> None:
        repository = self.server.repositories.get(name)
        if repository is None:
            self._refuse("RepoNotFound")
        elif action == "branch":
            repository.branches.setdefault(revision, repository.branches["main"])
            self._json({})
        elif action == "preupload":
            paths = [entry["path"] for entry in json.loads(body)["files"]]
            modes = [{"path": path, "uploadMode": "regular", "shouldIgnore": False} for path in paths]
            self._json({"files": modes})
        elif action == "commit":
            lines = [json.loads(line) for line in body.splitlines() if line]
            files = [line["value"] for line in lines if line["key"] == "file"]
            added = {entry["path"]: base64.b64decode(entry["content"]) for entry in files}
            commit = repository.add(revision, added)
            self._json(
                {"commitUrl": f"{self.server.address}/{name}/commit/{commit}", "commitOid": commit, "hookOutput": ""}
            )
        else:
            self._refuse("EntryNotFound")

    def do_HEAD(self) -> None:
        self._file()

    def do_GET(self) -> None:
        parts = self._parts()
        if parts[:2] != ["api", "models"]:
            self._file()
            return
        name = "/".join(parts[2:4])
        revision = "/".join(parts[5:]) or "main"
        repository = self.server.repositories.get(name)
        if repository is None:
            self._refuse("RepoNotFound")
            return
        commit = repository.commit_of(revision)
        if commit is None:
            self._refuse("RevisionNotFound")
        elif parts[4:5] == ["tree"]:
            files = repository.commits[commit]
            self._json([{"type": "file", "oid": _etag(d), "size": len(d), "path": n} for n, d in files.items()])
        else:
            siblings = [{"rfilename": file} for file in repository.commits[commit]]
            self._json({"id": name, "modelId": name, "sha": commit, "siblings": siblings, "tags": [], "private": False})

    def _file(self) -> None:
        """`/org/name/resolve/REVISION/FILE`."""
        parts = self._parts()
        repository = self.server.repositories.get("/".join(parts[:2]))
        if repository is None or len(parts) < 5 or parts[2] != "resolve":
            self._refuse("RepoNotFound")
            return
        commit, name = repository.commit_of(parts[3]), "/".join(parts[4:])
        if commit is None:
            self._refuse("RevisionNotFound")
        elif name not in repository.commits[commit]:
            self._refuse("EntryNotFound", commit)
        else:
            data = repository.commits[commit][name]
            if self.command == "GET":
                self.server.served.append(name)
            self._answer(data, {"ETag": f'"{_etag(data)}"', "X-Repo-Commit": commit, "Accept-Ranges": "none"})

    def _parts(self) -> list[str]:
        return [unquote(part) for part in urlsplit(self.path).path.split("/") if part]

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        chunks = b""
        while size := int(self.rfile.readline(), 16):
            chunks += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return chunks

    def _json(self, content: Any, *, code: int = 200) -> None:
        self._answer(json.dumps(content).encode(), {"Content-Type": "application/json"}, code=code)

    def _refuse(self, kind: str, commit: str | None = None) -> None:
        known = {"X-Error-Code": kind, "X-Error-Message": f"{kind} at {self.path}"}
        self._answer(b"{}", known if commit is None else {**known, "X-Repo-Commit": commit}, code=404)

    def _answer(self, data: bytes, headers: dict[str, str], *, code: int = 200) -> None:
        self.send_response(code)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def _etag(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


@contextmanager
def serving() -> Iterator[Hub]:
    """A hub that answers while the block runs."""
    hub = Hub()
    thread = threading.Thread(target=hub.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.shutdown()
        hub.server_close()
        thread.join()
