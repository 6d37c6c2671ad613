using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Jina.Architecture.Tests;

/// <summary>Lists the types that a compiled type uses: in its declaration, its members and their code.</summary>
internal static class TypeUses
{
    public static IEnumerable<TypeReference> Of(TypeDefinition type) =>
        Direct(type).Concat(type.NestedTypes.SelectMany(Of)).Where(used => used is not null).SelectMany(Unfold)!;

    private static IEnumerable<TypeReference?> Direct(TypeDefinition type)
    {
        IEnumerable<TypeReference?> declared =
            [type.BaseType, .. type.Interfaces.Select(i => i.InterfaceType), .. type.Fields.Select(f => f.FieldType)];
        return declared.Concat(type.Methods.SelectMany(Of)).Concat(type.CustomAttributes.Select(a => a.AttributeType));
    }

    private static IEnumerable<TypeReference?> Of(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (var parameter in method.Parameters)
        {
            yield return parameter.ParameterType;
        }

        foreach (var variable in method.HasBody ? method.Body.Variables : [])
        {
            yield return variable.VariableType;
        }

        foreach (var instruction in method.HasBody ? method.Body.Instructions : [])
        {
            yield return Of(instruction);
        }
    }

    private static TypeReference? Of(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => type,
        MemberReference member => member.DeclaringType,
        _ => null,
    };

    private static IEnumerable<TypeReference> Unfold(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Unfold).Prepend(generic.ElementType),
        TypeSpecification wrapped => Unfold(wrapped.ElementType),
        _ => [type],
    };
}
