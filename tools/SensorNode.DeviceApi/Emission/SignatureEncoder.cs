using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using SensorNode.DeviceApi.Lists;

namespace SensorNode.DeviceApi.Emission;

/// <summary>Writes types as the lists name them into metadata signatures.</summary>
/// <param name="resolve">Gives the handle and kind of a type that is not a primitive.</param>
internal sealed class SignatureEncoder(Func<string, (EntityHandle Handle, bool IsValueType)> resolve)
{
    public BlobBuilder Method(bool isInstance, string returnType, IReadOnlyList<ApiParameter> parameters, IReadOnlyList<string> generics)
    {
        var blob = new BlobBuilder();
        new BlobEncoder(blob).MethodSignature(SignatureCallingConvention.Default, 0, isInstance).Parameters(
            parameters.Count,
            returns => Return(returns, returnType, generics),
            encoder => Parameters(encoder, parameters, generics));
        return blob;
    }

    public BlobBuilder Property(bool isInstance, string type, IReadOnlyList<ApiParameter> indices)
    {
        var blob = new BlobBuilder();
        new BlobEncoder(blob).PropertySignature(isInstance).Parameters(
            indices.Count,
            returns => Return(returns, type, []),
            encoder => Parameters(encoder, indices, []));
        return blob;
    }

    public BlobBuilder Field(string type)
    {
        var blob = new BlobBuilder();
        Type(new BlobEncoder(blob).FieldSignature(), type, []);
        return blob;
    }

    private void Return(ReturnTypeEncoder returns, string type, IReadOnlyList<string> generics)
    {
        if (type == "void")
        {
            returns.Void();
        }
        else
        {
            Type(returns.Type(), type, generics);
        }
    }

    private void Parameters(ParametersEncoder encoder, IReadOnlyList<ApiParameter> parameters, IReadOnlyList<string> generics)
    {
        foreach (ApiParameter parameter in parameters)
        {
            Type(encoder.AddParameter().Type(parameter.IsRef || parameter.IsOut), parameter.Type, generics);
        }
    }

    private void Type(SignatureTypeEncoder encoder, string type, IReadOnlyList<string> generics)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            Type(encoder.SZArray(), type[..^2], generics);
            return;
        }

        int generic = generics.ToList().IndexOf(type);
        if (generic >= 0)
        {
            encoder.GenericTypeParameter(generic);
            return;
        }

        switch (type)
        {
            case "object": encoder.Object(); break;
            case "string": encoder.String(); break;
            case "bool": encoder.Boolean(); break;
            case "char": encoder.Char(); break;
            case "sbyte": encoder.SByte(); break;
            case "byte": encoder.Byte(); break;
            case "short": encoder.Int16(); break;
            case "ushort": encoder.UInt16(); break;
            case "int": encoder.Int32(); break;
            case "uint": encoder.UInt32(); break;
            case "long": encoder.Int64(); break;
            case "ulong": encoder.UInt64(); break;
            case "float": encoder.Single(); break;
            case "double": encoder.Double(); break;
            case "System.IntPtr": encoder.IntPtr(); break;
            case "System.UIntPtr": encoder.UIntPtr(); break;
            default:
                (EntityHandle handle, bool isValueType) = resolve(type);
                encoder.Type(handle, isValueType);
                break;
        }
    }
}
