// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IBaseDelegator} from "@symbioticfi/core/src/interfaces/delegator/IBaseDelegator.sol";
import {INetworkRestakeDelegator} from "@symbioticfi/core/src/interfaces/delegator/INetworkRestakeDelegator.sol";
import {IBaseSlasher} from "@symbioticfi/core/src/interfaces/slasher/IBaseSlasher.sol";
import {ISlasher} from "@symbioticfi/core/src/interfaces/slasher/ISlasher.sol";
import {IVetoSlasher} from "@symbioticfi/core/src/interfaces/slasher/IVetoSlasher.sol";
import {IOperatorRegistry} from "@symbioticfi/core/src/interfaces/IOperatorRegistry.sol";
import {IVaultConfigurator} from "@symbioticfi/core/src/interfaces/IVaultConfigurator.sol";
import {IFactory} from "@symbioticfi/core/src/interfaces/common/IFactory.sol";
import {IMigratablesFactory} from "@symbioticfi/core/src/interfaces/common/IMigratablesFactory.sol";
import {IOptInService} from "@symbioticfi/core/src/interfaces/service/IOptInService.sol";
import {IVault} from "@symbioticfi/core/src/interfaces/vault/IVault.sol";
import {ISymbioticStake} from "../../../src/interfaces/ISymbioticStake.sol";
import {Test} from "forge-std/Test.sol";

/// @dev Symbiotic's real core, deployed as its own script does it, from the bytecode that its own compiler made.
abstract contract SymbioticCore is Test {
    ISymbioticStake.Core internal core;
    IVaultConfigurator internal configurator;
    IOptInService internal vaultOptIn;
    address internal vaultAdmin = makeAddr("vault admin");

    function _deployCore() internal {
        address delegators = _deploy("DelegatorFactory", abi.encode(address(this)));
        address slashers = _deploy("SlasherFactory", abi.encode(address(this)));
        core.vaultFactory = _deploy("VaultFactory", abi.encode(address(this)));
        core.networkRegistry = _deploy("NetworkRegistry", "");
        core.operatorRegistry = _deploy("OperatorRegistry", "");
        core.middlewareService = _deploy("NetworkMiddlewareService", abi.encode(core.networkRegistry));
        vaultOptIn = IOptInService(
            _deploy("OptInService", abi.encode(core.operatorRegistry, core.vaultFactory, "OperatorVaultOptInService"))
        );
        core.operatorNetworkOptIn = _deploy(
            "OptInService", abi.encode(core.operatorRegistry, core.networkRegistry, "OperatorNetworkOptInService")
        );
        IMigratablesFactory(core.vaultFactory)
            .whitelist(_deploy("Vault", abi.encode(delegators, slashers, core.vaultFactory)));
        IFactory(delegators)
            .whitelist(
                _deploy(
                    "NetworkRestakeDelegator",
                    abi.encode(
                        core.networkRegistry,
                        core.vaultFactory,
                        vaultOptIn,
                        core.operatorNetworkOptIn,
                        delegators,
                        IFactory(delegators).totalTypes()
                    )
                )
            );
        IFactory(slashers)
            .whitelist(_deploy("Slasher", abi.encode(core.vaultFactory, core.middlewareService, slashers, uint64(0))));
        IFactory(slashers)
            .whitelist(
                _deploy(
                    "VetoSlasher",
                    abi.encode(core.vaultFactory, core.middlewareService, core.networkRegistry, slashers, uint64(1))
                )
            );
        configurator =
            IVaultConfigurator(_deploy("VaultConfigurator", abi.encode(core.vaultFactory, delegators, slashers)));
    }

    /// @dev `veto` 0 makes a vault that is slashed at once; the largest value one that cannot be slashed.
    function _vault(address collateral, address burner, uint48 epoch, uint48 veto) internal returns (IVault vault) {
        IVault.InitParams memory params;
        (params.collateral, params.burner, params.epochDuration) = (collateral, burner, epoch);
        params.defaultAdminRoleHolder = vaultAdmin;
        INetworkRestakeDelegator.InitParams memory delegation;
        delegation.baseParams.defaultAdminRoleHolder = vaultAdmin;
        delegation.networkLimitSetRoleHolders = new address[](1);
        delegation.networkLimitSetRoleHolders[0] = vaultAdmin;
        delegation.operatorNetworkSharesSetRoleHolders = delegation.networkLimitSetRoleHolders;
        IBaseSlasher.BaseParams memory base;
        bytes memory slashing =
            veto == 0 ? abi.encode(ISlasher.InitParams(base)) : abi.encode(IVetoSlasher.InitParams(base, veto, 3));
        (address made,,) = configurator.create(
            IVaultConfigurator.InitParams({
                version: 1,
                owner: vaultAdmin,
                vaultParams: abi.encode(params),
                delegatorIndex: 0,
                delegatorParams: abi.encode(delegation),
                withSlasher: veto != type(uint48).max,
                slasherIndex: veto == 0 ? 0 : 1,
                slasherParams: slashing
            })
        );
        return IVault(made);
    }

    /// @dev Gives the whole network limit to the operators in equal parts.
    function _delegate(IVault vault, bytes32 subnetwork, uint256 limit, address[] memory operators_) internal {
        INetworkRestakeDelegator delegator = INetworkRestakeDelegator(vault.delegator());
        vm.startPrank(vaultAdmin);
        delegator.setNetworkLimit(subnetwork, limit);
        for (uint256 i; i < operators_.length; ++i) {
            delegator.setOperatorNetworkShares(subnetwork, operators_[i], 1e18);
        }
        vm.stopPrank();
    }

    function _joinSymbiotic(address operator, address network) internal {
        vm.startPrank(operator);
        IOperatorRegistry(core.operatorRegistry).registerOperator();
        IOptInService(core.operatorNetworkOptIn).optIn(network);
        vm.stopPrank();
    }

    function _joinVault(address operator, IVault vault) internal {
        vm.prank(operator);
        vaultOptIn.optIn(address(vault));
    }

    function _deploy(string memory name, bytes memory args) private returns (address made) {
        string memory path = string.concat("out-symbiotic/", name, ".sol/", name, ".json");
        if (!vm.exists(path)) revert("Symbiotic's core is not compiled: npm run test:contracts does it");
        bytes memory code = bytes.concat(vm.getCode(path), args);
        assembly {
            made := create(0, add(code, 0x20), mload(code))
        }
        require(made != address(0), name);
    }
}
