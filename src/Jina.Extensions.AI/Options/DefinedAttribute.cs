using System.ComponentModel.DataAnnotations;

namespace Jina.Extensions.AI.Options;

/// <summary>A value that the enumeration has a name for.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DefinedAttribute<T> : ValidationAttribute
    where T : struct, Enum
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        Enum.IsDefined((T)value!) ? ValidationResult.Success : new ValidationResult($"{validationContext.MemberName} is {value}; expected {string.Join(" or ", Enum.GetNames<T>())}.");
}
