using IoMTAD.Infra.Reading;

namespace IoMTAD.Infra.Tests.Reading;

public sealed class DockerfileTests
{
    [Fact]
    public void Instructions_are_told_apart_with_their_lines_and_stages()
    {
        var read = Dockerfile.Read(
        [
            "# syntax", "ARG BASE=a:1", "FROM ${BASE} AS build", "RUN one && \\", "    # a comment within", "    two", "COPY <<END /x", "text", "END", "from b:2", "USER 1000",
        ]);
        Assert.Equal(
        [
            "ARG 2 -1 BASE=a:1", "FROM 3 0 ${BASE} AS build", "RUN 4 0 one &&  two", "COPY 7 0 <<END /x\ntext\nEND", "FROM 10 1 b:2", "USER 11 1 1000",
        ], read.Select(i => $"{i.Keyword} {i.Line} {i.Stage} {i.Rest}"));
    }
}
