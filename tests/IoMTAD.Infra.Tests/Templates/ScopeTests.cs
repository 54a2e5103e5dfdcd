using System.Text.Json.Nodes;
using IoMTAD.Infra.Templates;

namespace IoMTAD.Infra.Tests.Templates;

public sealed class ScopeTests
{
    private static readonly JsonObject Outer = Parse("""
        {
          "parameters": { "name": { "type": "string" }, "password": { "type": "securestring", "defaultValue": "" },
            "size": { "type": "string", "defaultValue": "ward" } },
          "variables": { "tags": { "azd-env-name": "[parameters('name')]" }, "list": ["a", "b"] },
          "functions": [ { "namespace": "__bicep", "members": { "secret": { "parameters": [ { "name": "of", "type": "string" } ],
            "output": { "value": "[format('@Microsoft.KeyVault(SecretName={0})', parameters('of'))]" } } } } ]
        }
        """);

    [Theory]
    [InlineData("[variables('list')[1]]", "b")]
    [InlineData("[parameters('size')]", "ward")]
    [InlineData("[variables('tags')['azd-env-name']]", "[parameters('name')]")]
    [InlineData("[format('{0}/{1}', 'it''s', toLower('A'))]", "it's/a")]
    [InlineData("[union(variables('tags'), createObject('x', 1)).x]", "1")]
    [InlineData("[shallowMerge(createArray(createObject('a', 'b'), createObject('a', 'c'))).a]", "c")]
    [InlineData("[if(empty(parameters('name')), createObject(), createObject('a', 'b')).a]", "b")]
    [InlineData("[__bicep.secret('influx')]", "@Microsoft.KeyVault(SecretName=influx)")]
    [InlineData("[[not an expression]", "[[not an expression]")]
    public void What_can_be_known_is_worked_out(string expression, string expected) =>
        Assert.Equal(expected, Scope.Text(new Scope(Outer).Evaluate(JsonValue.Create(expression))));

    [Theory]
    [InlineData("[parameters('password')]", "secureParameter(")]
    [InlineData("[format('Password={0}', parameters('password'))]", "secureParameter(")]
    [InlineData("[listKeys(resourceId('T', 'a'), '2025').keys[0].value]", "listKeys(")]
    public void A_secret_stays_visible_as_one(string expression, string expected) =>
        Assert.Contains(expected, Scope.Text(new Scope(Outer).Evaluate(JsonValue.Create(expression))), StringComparison.Ordinal);

    [Fact]
    public void A_module_sees_what_it_was_given_by_the_template_around_it()
    {
        var inner = Parse("""{ "parameters": { "tags": { "type": "object" }, "kind": { "type": "string", "defaultValue": "usual" } } }""");
        var scope = new Scope(inner, Parse("""{ "tags": { "value": "[variables('tags')]" } }"""), new Scope(Outer));
        var value = scope.Evaluate(JsonValue.Create("[union(parameters('tags'), createObject('kind', parameters('kind')))]"));
        Assert.Equal("""{"azd-env-name":"[parameters('name')]","kind":"usual"}""", Scope.Text(value), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("union(a")]
    [InlineData("'open")]
    [InlineData("a('b') c")]
    public void What_is_no_expression_is_refused(string text) => Assert.Throws<FormatException>(() => Expression.Parse(text));

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
