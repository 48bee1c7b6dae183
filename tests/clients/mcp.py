"""`demarche mcp`, spoken to by the official Python client (pip install mcp) over pipes and over HTTP:
tools are listed and called, resources listed and read, and a text is added.

    python3 tests/clients/mcp.py target/debug/demarche out
"""

import asyncio
import contextlib
import json
import pathlib
import subprocess
import sys
import tempfile

# This file has the name of the package.
sys.path = [place for place in sys.path if not place.endswith("clients")]
from mcp import ClientSession, StdioServerParameters  # noqa: E402
from mcp.client import streamable_http  # noqa: E402
from mcp.client.stdio import stdio_client  # noqa: E402

PROGRAM, GRAPH = sys.argv[1:3]


def of(thing, name):
    """An attribute as the client's second version names it, or as the first does."""
    head, *rest = name.split("_")
    return getattr(thing, name) if hasattr(thing, name) else getattr(thing, head + "".join(map(str.title, rest)))


async def told(session, name, **arguments):
    result = await session.call_tool(name, arguments)
    assert not of(result, "is_error"), result.content[0].text
    return json.loads(result.content[0].text)


async def read(session, uri):
    """A resource, of whose parts each but the last says where the next one is."""
    text = ""
    while uri:
        contents = (await session.read_resource(uri)).contents
        assert len(contents[0].text) <= 24_000, uri
        text += contents[0].text
        uri = str(contents[1].uri) if len(contents) > 1 else None
    return text


async def added(transport):
    """A text is added where that is allowed, and is there from the next call on."""
    async with transport() as (reader, writer), ClientSession(reader, writer) as session:
        await session.initialize()
        told_of = await told(session, "add", id="client", date="2025-05-01", text="Emmanuel Macron rejected the truce.")
        assert told_of["document"] == "client" and told_of["claims"], told_of
        claims = await told(session, "claims", document="client")
        assert claims["total"] == told_of["total"], claims
        twice = await session.call_tool("add", {"id": "client", "text": "Again."})
        assert of(twice, "is_error")


@contextlib.asynccontextmanager
async def over_pipes(graph=GRAPH, *more):
    server = StdioServerParameters(command=PROGRAM, args=["mcp", "--quiet", "--graph", graph, *more])
    async with stdio_client(server) as (reader, writer):
        yield reader, writer


@contextlib.asynccontextmanager
async def over_http():
    command = [PROGRAM, "mcp", "--http", "0", "--graph", GRAPH]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            url = process.stdout.readline().split(" at ")[1].split()[0]
            client = getattr(streamable_http, "streamable_http_client", None) or streamable_http.streamablehttp_client
            # What comes behind these two is the id of a session, in the client's first version.
            async with client(url) as (reader, writer, *_):
                yield reader, writer
        finally:
            process.terminate()


async def spoken_to(transport):
    async with transport() as (reader, writer), ClientSession(reader, writer) as session:
        greeting = await session.initialize()
        tools = (await session.list_tools()).tools
        assert {tool.name for tool in tools} >= {"ask", "query", "show", "claims", "evidence", "disputes", "stances"}
        assert all(tool.description and of(tool, "input_schema")["type"] == "object" for tool in tools)

        answer = await told(session, "ask", question="Who proposed the 30-day ceasefire?")
        assert answer["answers"], answer
        for quote in (quote for one in answer["answers"] for quote in one["evidence"] if "claim" in quote):
            own = (await told(session, "evidence", claims=[quote["claim"]]))["claims"][0]
            assert own["quote"] == quote["quote"], (own, quote)
        first = await told(session, "ask", question="Who rejected what?", limit=1)
        if first["total"] > 1:
            second = await told(session, "ask", question="Who rejected what?", limit=1, offset=first["next_offset"])
            assert second["answers"] != first["answers"], second
        claims = await told(session, "claims", act="reject", limit=5)
        texts = {}
        for claim in claims["claims"]:
            uri = f"demarche://document/{claim['document']}"
            if uri not in texts:
                texts[uri] = await read(session, uri)
            assert texts[uri][claim["start"]:claim["end"]] == claim["quote"]
        pages, offset, seen = 0, 0, []
        while offset is not None:
            page = await told(session, "claims", limit=200, offset=offset)
            assert len(json.dumps(page, ensure_ascii=False)) < 40_000
            seen += [claim["claim"] for claim in page["claims"]]
            offset = page.get("next_offset")
            pages += 1
        assert len(seen) == len(set(seen)) == page["total"]
        rows = await told(session, "query", sparql="SELECT ?who { ?who dm:rejected ?what }")
        assert rows["total"] > 0
        for name in ["disputes", "stances"]:
            assert (await told(session, name))[name], name
        wrong = await session.call_tool("show", {"name": "xyzzy"})
        assert of(wrong, "is_error")

        resources, cursor = [], None
        while True:
            listed = await session.list_resources(cursor) if cursor else await session.list_resources()
            resources += listed.resources
            cursor = of(listed, "next_cursor")
            if not cursor:
                break
        uris = [str(it.uri) for it in resources]
        assert "demarche://vocabulary" in uris and len(uris) == len(set(uris))
        files = [uri for uri in uris if uri.startswith("demarche://ontology/")]
        assert "dm:VerbTrigger" in await read(session, next(uri for uri in files if "acts-speech" in uri))
        version = of(greeting, "server_info").version
        return f"{version}: {len(tools)} tools, {len(uris)} resources, {len(seen)} claims on {pages} pages"


async def main():
    pipes, http = await spoken_to(over_pipes), await spoken_to(over_http)
    assert pipes == http, (pipes, http)
    with tempfile.TemporaryDirectory() as place:
        (texts := pathlib.Path(place, "texts")).mkdir()
        (texts / "a.txt").write_text("Donald Trump proposed a truce.")
        graph = str(pathlib.Path(place, "graph"))
        subprocess.run([PROGRAM, "build", "--quiet", texts, "-o", graph], check=True, stdout=subprocess.DEVNULL)
        await added(lambda: over_pipes(graph, "--allow-adding", str(texts)))
    return pipes


print("mcp, over pipes and HTTP:", asyncio.run(asyncio.wait_for(main(), 120)))
